import dev.signalbox.guard.memory.MemoryGuardFactory;
import dev.signalbox.spi.GuardFactory;
import org.jspecify.annotations.NullMarked;

/** A guard that keeps requests off servers that run out of memory, and decides which models are in memory together. */
@NullMarked
module dev.signalbox.guard.memory {
    requires transitive dev.signalbox.api;

    exports dev.signalbox.guard.memory;

    provides GuardFactory with
            MemoryGuardFactory;
}
