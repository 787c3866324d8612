package dev.signalbox.backend.ollama;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.JsonText;
import dev.signalbox.backend.http.Upstream;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.ModelLifecycle;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Loads and unloads by requests that ask for nothing but how long to keep the model. Any thread may use it. */
final class Lifecycle implements ModelLifecycle {

    /** Ollama tells nobody when a model has gone. */
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(100);

    private final Upstream upstream;
    private final Optional<KeepAlive> keepAlive;
    private final NumCtx contexts;

    Lifecycle(Upstream upstream, Optional<KeepAlive> keepAlive, NumCtx contexts) {
        this.upstream = upstream;
        this.keepAlive = keepAlive;
        this.contexts = contexts;
    }

    @Override
    public List<Resident> residents(Deadline deadline) throws BackendException, InterruptedException {
        return Loaded.read(upstream.get(upstream.baseUrl().root("/api/ps"), deadline)).stream()
                .map(Loaded::resident)
                .toList();
    }

    @Override
    public void load(String model, Deadline deadline) throws BackendException, InterruptedException {
        load(model, Wish.NONE, deadline);
    }

    /** How long it is kept the configuration says, before what is wished here. */
    @Override
    public void load(String model, Wish wish, Deadline deadline) throws BackendException, InterruptedException {
        OptionalLong context = wish.contextTokens().isPresent() ? wish.contextTokens() : contexts.of(model);
        keep(model, keepAlive.or(() -> wish.keep().map(KeepAlive::of)), context, deadline);
    }

    @Override
    public void unload(String model, Deadline deadline) throws BackendException, InterruptedException {
        if (!isResident(model, deadline)) {
            return;
        }
        try {
            keep(model, Optional.of(KeepAlive.NOTHING), contexts.of(model), deadline);
        } catch (BackendException failed) {
            if (failed.kind() != FailureKind.MODEL_UNAVAILABLE) {
                throw failed;
            }
            // deleted meanwhile: what is left of it in memory goes by itself
        }
        awaitGone(model, deadline);
    }

    /** Says how long to keep a model, in a request that generates nothing. A model for embeddings takes only its own. */
    private void keep(String model, Optional<KeepAlive> time, OptionalLong context, Deadline deadline)
            throws BackendException, InterruptedException {
        String rest =
                time.map(KeepAlive::json).map(json -> ",\"keep_alive\":" + json).orElse("") + options(context);
        String name = JsonText.quote(model);
        try {
            post("/api/generate", "{\"model\":%s,\"stream\":false%s}".formatted(name, rest), deadline);
        } catch (BackendException failed) {
            if (failed.kind() != FailureKind.UNSUPPORTED) {
                throw failed;
            }
            post("/api/embed", "{\"model\":%s,\"input\":[]%s}".formatted(name, rest), deadline);
        }
    }

    /** With another context than requests will want, it would be loaded again for the first of them. */
    private static String options(OptionalLong context) {
        return context.isPresent() ? ",\"options\":{\"num_ctx\":%d}".formatted(context.getAsLong()) : "";
    }

    private void post(String path, String json, Deadline deadline) throws BackendException, InterruptedException {
        upstream.post(upstream.baseUrl().root(path), json, deadline);
    }

    private void awaitGone(String model, Deadline deadline) throws BackendException, InterruptedException {
        while (isResident(model, deadline)) {
            if (deadline.expired()) {
                throw new BackendException(
                        FailureKind.TIMED_OUT, "\"%s\" is still in memory; it may be answering".formatted(model));
            }
            TimeUnit.NANOSECONDS.sleep(Math.min(LOOK_AGAIN, deadline.remainingNanos()));
        }
    }

    private boolean isResident(String model, Deadline deadline) throws BackendException, InterruptedException {
        return residents(deadline).stream().anyMatch(resident -> Names.same(model, resident.model()));
    }
}
