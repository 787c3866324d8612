import dev.signalbox.guard.loop.LoopGuardFactory;
import dev.signalbox.spi.GuardFactory;
import org.jspecify.annotations.NullMarked;

/** A guard that notices conversations in which a model calls the same tool again and again. */
@NullMarked
module dev.signalbox.guard.loop {
    requires transitive dev.signalbox.api;

    exports dev.signalbox.guard.loop;

    provides GuardFactory with
            LoopGuardFactory;
}
