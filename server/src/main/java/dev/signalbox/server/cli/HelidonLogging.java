package dev.signalbox.server.cli;

import io.helidon.logging.common.spi.LoggingProvider;

/** Tells Helidon that its logging is looked after: it prints a line about that otherwise. */
public final class HelidonLogging implements LoggingProvider {

    /** For the service loader. */
    public HelidonLogging() {}

    @Override
    public void initialization() {}

    @Override
    public void runTime() {}
}
