package dev.signalbox.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** {@code 14:05:09 WARN  what happened}, and the stack where something was thrown. */
final class LogLine extends LayoutBase<ILoggingEvent> {

    private static final int WIDEST_LEVEL = 5;

    /** Made for the first line: time zones and languages take a while, and a good start has nothing to log. */
    private static final class Clock {
        static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        String level = event.getLevel().toString();
        StringBuilder line = new StringBuilder()
                .append(Clock.TIME.format(Instant.ofEpochMilli(event.getTimeStamp())))
                .append(' ')
                .append(level)
                .append(" ".repeat(Math.max(0, WIDEST_LEVEL - level.length()) + 1))
                .append(event.getFormattedMessage())
                .append(System.lineSeparator());
        IThrowableProxy thrown = event.getThrowableProxy();
        return thrown == null
                ? line.toString()
                : line.append(ThrowableProxyUtil.asString(thrown)).toString();
    }
}
