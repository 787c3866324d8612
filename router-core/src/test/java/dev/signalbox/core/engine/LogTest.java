package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.spi.Ruling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** One line for a request of which there is something to tell. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LogTest extends EngineFixture {

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.signalbox.route");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Level before = logger.getLevel();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(lines);
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.on("gpu", Chat.says("gpu")).on("laptop", Chat.says("laptop"));
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(before);
        logger.setAdditive(true);
    }

    private String line() {
        assertThat(lines.list).hasSize(1);
        assertThat(lines.list.getFirst().getLevel()).isEqualTo(Level.INFO);
        return lines.list.getFirst().getFormattedMessage();
    }

    @Test
    void none_for_what_just_worked() throws Exception {
        bytes(chat("coding"));
        assertThat(lines.list).isEmpty();
    }

    @Test
    void one_and_no_more_whatever_a_client_writes() throws Exception {
        RouteRequest request = body("{\"model\":\"gpu/m\",\"profile\":\"x\\n2026-01-01 all is well\"}");
        refused(RouteException.class, request.withHeader("X-Signalbox-Profile", "coding"));
        assertThat(line()).contains("x?2026-01-01").doesNotContain("\n");
    }

    @Test
    void one_for_a_request_that_fell_back() throws Exception {
        backends.fails("gpu", FailureKind.UNREACHABLE);
        bytes(chat("coding"));
        assertThat(line()).endsWith("answered: gpu/m=unreachable, laptop/m=answered");
    }

    @Test
    void one_for_a_request_that_failed_on_all_of_them() throws Exception {
        backends.fails("gpu", FailureKind.UNREACHABLE).fails("laptop", FailureKind.OVERLOADED);
        refused(RouteException.class, chat("coding"));
        assertThat(line()).endsWith("failed: gpu/m=unreachable, laptop/m=overloaded");
    }

    @Test
    void one_for_an_answer_that_broke_off() throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.text("Hello")));
        bytes(stream("coding"));
        assertThat(line()).endsWith("broken-off: gpu/m=broken-off");
    }

    @Test
    void one_for_what_a_guard_had_to_say() throws Exception {
        guard("strict").screens = screening -> Ruling.pass("this goes round in circles");
        bytes(chat("coding"));
        assertThat(line()).endsWith("answered: gpu/m=answered [strict: this goes round in circles]");
    }

    @Test
    void none_for_a_client_that_left() throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.text("Hello")).stalls());
        ask(stream("coding")).close();
        assertThat(lines.list).isEmpty();
    }
}
