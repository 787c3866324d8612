import dev.signalbox.guard.budget.BudgetGuardFactory;
import dev.signalbox.spi.GuardFactory;
import org.jspecify.annotations.NullMarked;

/** A guard that knows what answers cost, and keeps what is spent within limits. */
@NullMarked
module dev.signalbox.guard.budget {
    requires transitive dev.signalbox.api;

    exports dev.signalbox.guard.budget;

    provides GuardFactory with
            BudgetGuardFactory;
}
