package dev.signalbox.core.engine;

import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.ProbeReport;
import java.util.function.Consumer;

/** A guard that only watches. */
record ObservingGuard(Consumer<Object> eye) implements Guard {

    @Override
    public void observe(AttemptReport report) {
        eye.accept(report);
    }

    @Override
    public void probed(ProbeReport report) {
        eye.accept(report);
    }
}
