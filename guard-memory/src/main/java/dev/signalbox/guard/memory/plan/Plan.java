package dev.signalbox.guard.memory.plan;

import dev.signalbox.api.Target;
import java.util.List;

/** What is to be done before a model can be asked. Closed. */
public sealed interface Plan {

    /**
     * It can be asked as soon as these are gone.
     *
     * @param unload in the order in which they go; may be empty
     */
    record Go(List<Target> unload) implements Plan {
        /** Takes a copy. */
        public Go {
            unload = List.copyOf(unload);
        }
    }

    /** Not now, but as soon as somebody has ended. */
    record Wait(String reason) implements Plan {}

    /**
     * Never, as things stand.
     *
     * @param needed bytes it needs
     * @param most bytes it could have if everything had gone that ever goes
     * @param reason in words
     */
    record Never(long needed, long most, String reason) implements Plan {}
}
