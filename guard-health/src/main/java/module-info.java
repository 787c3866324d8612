import dev.signalbox.guard.health.HealthGuardFactory;
import dev.signalbox.spi.GuardFactory;
import org.jspecify.annotations.NullMarked;

/** A guard that keeps requests off servers that fail or are slow, and has one request look whether they are well again. */
@NullMarked
module dev.signalbox.guard.health {
    requires transitive dev.signalbox.api;

    exports dev.signalbox.guard.health;

    provides GuardFactory with
            HealthGuardFactory;
}
