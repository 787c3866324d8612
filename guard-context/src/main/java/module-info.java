import dev.signalbox.guard.context.ContextGuardFactory;
import dev.signalbox.spi.GuardFactory;
import org.jspecify.annotations.NullMarked;

/** A guard that keeps requests off targets whose context they do not fit. */
@NullMarked
module dev.signalbox.guard.context {
    requires transitive dev.signalbox.api;

    exports dev.signalbox.guard.context;

    provides GuardFactory with
            ContextGuardFactory;
}
