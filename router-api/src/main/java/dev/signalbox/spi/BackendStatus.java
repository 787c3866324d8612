package dev.signalbox.spi;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.ModelInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a probe saw.
 *
 * @param state how the server is
 * @param models the models it offers; empty if it was not asked or does not tell, which is not an empty list
 * @param dialects what this very server speaks; empty if that was not found out: as {@link Backend#dialects}
 * @param load how busy it says it is
 * @param detail the version or what else is worth showing, in a few words; may be empty
 */
public record BackendStatus(
        BackendState state,
        Optional<List<ModelInfo>> models,
        Optional<Set<Dialect>> dialects,
        Optional<LoadSignal.Load> load,
        String detail) {

    public BackendStatus {
        models = models.map(List::copyOf);
        dialects = dialects.map(Set::copyOf);
    }

    /** Nothing was found out. */
    public static BackendStatus unknown() {
        return of(BackendState.UNKNOWN);
    }

    /** That state, and nothing else is known. */
    public static BackendStatus of(BackendState state) {
        return new BackendStatus(state, Optional.empty(), Optional.empty(), Optional.empty(), "");
    }

    /** Ready, with these models. */
    public static BackendStatus ready(List<ModelInfo> models) {
        return of(BackendState.READY).withModels(models);
    }

    /** The same status with a list of models. */
    public BackendStatus withModels(List<ModelInfo> offered) {
        return new BackendStatus(state, Optional.of(offered), dialects, load, detail);
    }

    /** The same status, speaking only these dialects. */
    public BackendStatus withDialects(Set<Dialect> spoken) {
        return new BackendStatus(state, models, Optional.of(spoken), load, detail);
    }

    /** The same status with a load. */
    public BackendStatus withLoad(LoadSignal.Load seen) {
        return new BackendStatus(state, models, dialects, Optional.of(seen), detail);
    }

    /** The same status with a few words. */
    public BackendStatus withDetail(String words) {
        return new BackendStatus(state, models, dialects, load, words);
    }
}
