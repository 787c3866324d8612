package dev.signalbox.guard.health;

import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RouterEvent;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Writes what happens into charts and tells what that changes. Any thread may use it. */
final class Diary {

    private final PluginContext context;
    private final Rhythm rhythm;

    Diary(PluginContext context, Rhythm rhythm) {
        this.context = context;
        this.rhythm = rhythm;
    }

    /**
     * Changes a chart; tells if that makes another level of it for whoever has these thresholds.
     *
     * @param best how many seconds the first content of the best of the chain takes; asked only where that may matter
     * @param better why, if it is well after that
     */
    void write(
            Chart chart,
            Thresholds thresholds,
            Supplier<Optional<Double>> best,
            String better,
            UnaryOperator<Course> change) {
        Chart.Step step = chart.change(change);
        if (!step.before().isQuiet() || !step.after().isQuiet()) {
            compare(chart.name(), step, thresholds, best.get(), better);
        }
    }

    private void compare(String name, Chart.Step step, Thresholds thresholds, Optional<Double> best, String better) {
        long now = context.nanoTime();
        Standing before = step.before().standing(thresholds, best, now, rhythm);
        Standing after = step.after().standing(thresholds, best, now, rhythm);
        if (before.level() != after.level()) {
            tell(name, before, after, after.why().isEmpty() ? better : after.why());
        }
    }

    private void tell(String name, Standing before, Standing after, String cause) {
        context.tell(new RouterEvent.JudgementChanged(
                context.clock().instant(),
                context.name(),
                name,
                before.level().id(),
                after.level().id(),
                cause));
        context.logger()
                .log(
                        Level.DEBUG,
                        "%s is %s now, was %s: %s"
                                .formatted(
                                        name, after.level().id(), before.level().id(), cause));
    }
}
