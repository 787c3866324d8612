package dev.signalbox.spi;

import dev.signalbox.api.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The ability to load and unload models. Only a {@link Preparation} may use it. */
public interface ModelLifecycle {

    /** How long a model is kept that is never to go by itself. */
    Duration FOR_EVER = Duration.ofDays(36_500);

    /**
     * A model that is in memory or on its way there.
     *
     * @param model its name
     * @param memoryBytes what it takes, the context it was loaded with included; empty if the runtime does not tell
     * @param contextTokens with which context it was loaded; empty if the runtime does not tell
     */
    record Resident(String model, OptionalLong memoryBytes, OptionalLong contextTokens) {}

    /** What is really loaded now. */
    List<Resident> residents(Deadline deadline) throws BackendException, InterruptedException;

    /** Loads a model and returns when it is there; at once if it was. */
    void load(String model, Deadline deadline) throws BackendException, InterruptedException;

    /**
     * How a model is to be loaded.
     *
     * @param keep how long it is kept after its last request, {@link #FOR_EVER} at most; empty: as the server likes
     * @param contextTokens with which context at least; empty: as the server likes
     */
    record Wish(Optional<Duration> keep, OptionalLong contextTokens) {

        /** As the server likes. */
        public static final Wish NONE = new Wish(Optional.empty(), OptionalLong.empty());

        /** Kept that long. */
        public static Wish keeping(Duration time) {
            return new Wish(Optional.of(time), OptionalLong.empty());
        }
    }

    /**
     * Loads a model as {@link #load(String, Deadline)} does, in a certain way: a model that is there is kept so from now on,
     * and loaded again where its context is smaller. A runtime without a means for that does it as it likes.
     */
    default void load(String model, Wish wish, Deadline deadline) throws BackendException, InterruptedException {
        load(model, deadline);
    }

    /**
     * Unloads a model and returns when it is gone; at once if it was not there. Waits for requests it is answering.
     *
     * @throws BackendException of the kind {@code UNSUPPORTED} if this server never unloads it
     */
    void unload(String model, Deadline deadline) throws BackendException, InterruptedException;
}
