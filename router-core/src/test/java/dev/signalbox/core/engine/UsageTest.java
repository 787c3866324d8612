package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Usage;
import dev.signalbox.spi.AttemptReport.Outcome;
import dev.signalbox.spi.AttemptReport.Phase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What guards learn of an attempt. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UsageTest extends EngineFixture {

    private static final String WITH_USAGE = Chat.text("Hello") + Chat.FINISH + Chat.USAGE + Chat.DONE;

    private FakeGuard guard;

    @BeforeEach
    void one_backend_and_one_guard() {
        layout.backend("gpu", "m").profile("coding", "gpu/m");
        guard = guard("counting");
        backends.on(
                "gpu",
                call -> !call.streamed()
                        ? Tape.json(Chat.whole("Hello"))
                        : Tape.sse(
                                backends.sent("gpu").getLast().body().contains("include_usage")
                                        ? WITH_USAGE
                                        : WITH_USAGE.replace(Chat.USAGE, "")));
    }

    @Test
    void it_is_told_at_the_commit_and_at_the_end() throws Exception {
        try (RoutedResponse response = ask(stream("coding"))) {
            assertThat(guard.reports).hasSize(1);
            assertThat(guard.reports.getFirst().phase()).isEqualTo(Phase.COMMITTED);
            assertThat(guard.reports.getFirst().timeToFirstContent()).isPresent();
            read(response);
        }
        assertThat(guard.reports).hasSize(2);
        assertThat(guard.reports.getLast().phase()).isEqualTo(Phase.ENDED);
        assertThat(guard.reports.getLast().outcome()).isInstanceOf(Outcome.Answered.class);
        assertThat(guard.reports.getLast().profile()).isEqualTo("coding");
        assertThat(guard.reports.getLast().request().approximateTokens()).isPositive();
    }

    @Test
    void tokens_are_not_asked_for_on_nobodys_behalf() throws Exception {
        bytes(stream("coding"));
        assertThat(backends.body("gpu")).doesNotContain("stream_options");
    }

    @Test
    void tokens_are_asked_for_if_a_guard_needs_them_and_the_client_does_not_see_them() throws Exception {
        guard.wantsUsage = true;
        assertThat(bytes(stream("coding"))).isEqualTo(WITH_USAGE.replace(Chat.USAGE, ""));
        assertThat(backends.body("gpu")).contains("\"stream_options\":{\"include_usage\":true}");
        assertThat(guard.reports.getLast().usage()).contains(Usage.reported(3, 5));
    }

    @Test
    void a_client_that_asked_for_them_gets_them() throws Exception {
        guard.wantsUsage = true;
        String told = bytes(body(
                "{\"model\":\"coding\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}"));
        assertThat(told).isEqualTo(WITH_USAGE);
        assertThat(guard.reports.getLast().usage()).contains(Usage.reported(3, 5));
    }

    @Test
    void an_answer_that_is_not_streamed_tells_them_anyway() throws Exception {
        guard.wantsUsage = true;
        bytes(chat("coding"));
        assertThat(backends.body("gpu")).doesNotContain("stream_options");
        assertThat(guard.reports.getLast().usage()).contains(Usage.reported(3, 5));
        assertThat(guard.reports.getLast().timeToFirstContent()).isEmpty();
    }

    @Test
    void tokens_that_no_server_tells_are_estimated_and_marked_so() throws Exception {
        guard.wantsUsage = true;
        backends.on(
                "gpu",
                call -> call.streamed()
                        ? Tape.sse(Chat.stream("Hello, all clear"))
                        : Tape.json(Chat.whole("Hello, all clear").replaceFirst(",\"usage\":\\{[^}]*}", "")));
        bytes(stream("coding"));
        Usage streamed = guard.reports.getLast().usage().orElseThrow();
        assertThat(streamed.source()).isEqualTo(Usage.Source.ESTIMATED);
        assertThat(streamed.input()).isPositive();
        assertThat(streamed.output()).isPositive();
        bytes(chat("coding"));
        Usage whole = guard.reports.getLast().usage().orElseThrow();
        assertThat(whole.source()).isEqualTo(Usage.Source.ESTIMATED);
        assertThat(whole.output()).isBetween(3L, 6L);
    }

    @Test
    void nothing_is_estimated_for_nobody() throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.stream("Hello")));
        bytes(stream("coding"));
        assertThat(guard.reports.getLast().usage()).isEmpty();
    }

    @Test
    void a_failure_is_told_once_and_without_a_commit() throws Exception {
        backends.fails("gpu", dev.signalbox.api.FailureKind.OVERLOADED);
        refused(dev.signalbox.api.Exhausted.class, chat("coding"));
        assertThat(guard.reports).singleElement().satisfies(report -> {
            assertThat(report.phase()).isEqualTo(Phase.ENDED);
            assertThat(report.outcome()).isInstanceOf(Outcome.Failed.class);
        });
    }
}
