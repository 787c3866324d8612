package dev.signalbox.core.engine;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logger plugins are lent, writing where the host's SLF4J writes. */
final class Slf4jLogger implements System.Logger {

    private final Logger target;

    Slf4jLogger(String name) {
        this.target = LoggerFactory.getLogger(name);
    }

    @Override
    public String getName() {
        return target.getName();
    }

    @Override
    public boolean isLoggable(System.Logger.Level level) {
        return level != System.Logger.Level.OFF && target.isEnabledForLevel(levelOf(level));
    }

    @Override
    public void log(
            System.Logger.Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String message,
            @Nullable Throwable thrown) {
        if (isLoggable(level)) {
            target.atLevel(levelOf(level)).setCause(thrown).log(message);
        }
    }

    @Override
    public void log(
            System.Logger.Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object... params) {
        if (isLoggable(level)) {
            boolean plain = params == null || params.length == 0 || format == null;
            target.atLevel(levelOf(level)).log(plain ? format : MessageFormat.format(format, params));
        }
    }

    private static org.slf4j.event.Level levelOf(System.Logger.Level level) {
        return switch (level) {
            case ALL, TRACE -> org.slf4j.event.Level.TRACE;
            case DEBUG -> org.slf4j.event.Level.DEBUG;
            case INFO -> org.slf4j.event.Level.INFO;
            case WARNING -> org.slf4j.event.Level.WARN;
            case ERROR, OFF -> org.slf4j.event.Level.ERROR;
        };
    }
}
