package dev.signalbox.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Logs to stderr, as stdout is for results: warnings of everybody, and what Signalbox has to say. Only where there is no
 * {@code logback.xml} and none is named; it is no such file itself, as reading one takes a tenth of the start.
 */
@ConfiguratorRank(StandardLog.BEHIND_FILES)
public final class StandardLog extends ContextAwareBase implements Configurator {

    /** Files are read by a configurator of rank 0; the one of rank -10 would log everything to stdout. */
    static final int BEHIND_FILES = -5;

    /** For the service loader. */
    public StandardLog() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        level(context, "dev.signalbox", Level.INFO);
        // a start that fails is told by whoever starts, in words
        level(context, "io.helidon.webserver.LoomServer", Level.OFF);
        level(context, Logger.ROOT_LOGGER_NAME, Level.WARN);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(stderr(context));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static void level(LoggerContext context, String name, Level level) {
        context.getLogger(name).setLevel(level);
    }

    private static ConsoleAppender<ILoggingEvent> stderr(LoggerContext context) {
        LogLine line = new LogLine();
        line.setContext(context);
        line.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(line);
        encoder.start();
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setName("stderr");
        stderr.setTarget("System.err");
        stderr.setContext(context);
        stderr.setEncoder(encoder);
        stderr.start();
        return stderr;
    }
}
