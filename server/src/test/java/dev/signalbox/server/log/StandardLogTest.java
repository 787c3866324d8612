package dev.signalbox.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StandardLogTest {

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void configure() {
        assertThat(new StandardLog().configure(context)).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
    }

    @Test
    void stdout_is_for_results() {
        assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr"))
                .isInstanceOfSatisfying(ConsoleAppender.class, appender -> {
                    assertThat(appender.getTarget()).isEqualTo("System.err");
                    assertThat(appender.isStarted()).isTrue();
                });
    }

    @Test
    void tells_what_Signalbox_says_and_of_others_warnings_only() {
        assertThat(context.getLogger("dev.signalbox.core").getEffectiveLevel()).isEqualTo(Level.INFO);
        assertThat(context.getLogger("io.helidon").getEffectiveLevel()).isEqualTo(Level.WARN);
        assertThat(context.getLogger("io.helidon.webserver.LoomServer").getEffectiveLevel())
                .isEqualTo(Level.OFF);
    }

    @Test
    void a_line_has_time_level_and_message() {
        assertThat(line(Level.WARN, null)).matches("\\d\\d:\\d\\d:\\d\\d WARN  2 of 3 are down\\R");
        assertThat(line(Level.ERROR, null)).matches("\\d\\d:\\d\\d:\\d\\d ERROR 2 of 3 are down\\R");
    }

    @Test
    void what_was_thrown_follows_with_its_stack() {
        assertThat(line(Level.ERROR, new IllegalStateException("broken")))
                .contains(
                        "are down", "java.lang.IllegalStateException: broken", "at " + StandardLogTest.class.getName());
    }

    private String line(Level level, @org.jspecify.annotations.Nullable Throwable thrown) {
        LogLine layout = new LogLine();
        ILoggingEvent event = new LoggingEvent(
                "", context.getLogger("dev.signalbox"), level, "{} of {} are down", thrown, new Object[] {2, 3});
        return layout.doLayout(event);
    }
}
