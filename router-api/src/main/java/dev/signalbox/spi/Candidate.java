package dev.signalbox.spi;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One target that a request may go to. Made by the engine, valid during the call it is given to. */
public interface Candidate {

    /**
     * What is known of a target.
     *
     * @param state how its model or, where that is unknown, its backend is
     * @param model what is known of the model; {@code model.loaded()} tells whether it is in memory
     * @param load how busy the server said it is
     */
    record Status(BackendState state, ModelInfo model, Optional<LoadSignal.Load> load) {}

    /** Which target. */
    Target target();

    /** What is known of it. */
    Status status();

    /** Requests it is answering for us. */
    int inFlight();

    /** Requests in the waiting room that could go to it. */
    int waiting();

    /** The request. */
    RequestView request();

    /**
     * About how many tokens the prompt has for this target's model: the request's estimate, corrected by what the
     * target's server has reported of earlier ones.
     */
    default long approximateTokens() {
        return request().approximateTokens();
    }

    /**
     * With which context its server is to have the model loaded for this request, in tokens; empty where neither the request
     * nor the configuration says so, or where that loads nothing anew.
     */
    default OptionalLong contextWanted() {
        return OptionalLong.empty();
    }

    /**
     * Whether nothing is to be sent and it is only asked where the request would go: then the notes of a verdict may tell
     * what would be done first.
     */
    default boolean explained() {
        return false;
    }

    /** As of when it is looked at: the same for all targets that are looked at together, and for who is let in after that. */
    Instant moment();

    /** The matched profile's name; empty for a target reached without one. */
    String profile();

    /** A guard's options in the profile; for a selector those of the pool's entry. */
    PluginConfig settings();

    /**
     * The targets of the matched profile, in its order and by the names their backends list, this one among them; this
     * one alone where there is no profile.
     */
    default List<Target> chain() {
        return List.of(target());
    }

    /** The name of the host whose memory it uses; empty if no host has its backend. */
    default String host() {
        return hosts().stream()
                .filter(host -> host.backends().contains(target().backend()))
                .map(HostView::name)
                .findFirst()
                .orElse("");
    }

    /** Every host, as it is now. */
    List<HostView> hosts();
}
