package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.AnswerFrame;
import dev.signalbox.api.Body;
import dev.signalbox.api.BrokenOff;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.spi.RouterEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** After the commit nothing falls back: what breaks then is told. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BrokenOffTest extends EngineFixture {

    private static final String BEGUN = Chat.ROLE + Chat.text("Hello");

    @BeforeEach
    void one_backend() {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.on("laptop", Chat.says("never"));
    }

    @Test
    void a_break_becomes_an_error_frame_at_the_end_and_nothing_follows() throws Exception {
        backends.on("gpu", call -> Tape.sse(BEGUN).breaks(FailureKind.UNREACHABLE, "connection reset"));
        assertThat(bytes(stream("coding")))
                .isEqualTo(BEGUN
                        + Chat.frame("{\"error\":{\"message\":\"connection reset\",\"type\":\"server_error\","
                                + "\"param\":null,\"code\":\"upstream_unreachable\"}}"));
        assertThat(backends.sent("laptop")).isEmpty();
        RouteTrace trace = heard.only(RouterEvent.Finished.class).trace();
        assertThat(trace.outcome()).contains(RouteTrace.Outcome.BROKEN_OFF);
        assertThat(trace.steps()).extracting(RouteTrace.Step::brief).containsExactly("gpu/m=broken-off");
    }

    @Test
    void a_key_of_the_client_that_a_server_repeats_in_its_stream_is_told_to_nobody() throws Exception {
        String error = Chat.frame("{\"error\":{\"message\":\"ck-1234 and ck-5678 are spent\"}}");
        Headers keys = Headers.of("Authorization", "Bearer ck-1234", "x-api-key", "ck-5678");
        for (Tape tape : List.of(Tape.sse(BEGUN, error), Tape.sse(error), Tape.json("{\"error\":\"ck-1234\"}"))) {
            backends.on("gpu", call -> tape);
            RouteRequest asked = stream("gpu/m");
            String told = outcome(
                    new RouteRequest(asked.dialect(), asked.body(), keys, asked.caller(), asked.cancellation()));
            assertThat(told + heard.events(RouterEvent.class)).contains("***").doesNotContain("ck-");
        }
    }

    /** What the client gets, an answer or none. */
    private String outcome(RouteRequest request) throws Exception {
        try {
            return bytes(request);
        } catch (RouteException refused) {
            return refused.getMessage() + refused.trace();
        }
    }

    @Test
    void clients_of_anthropic_get_an_event_error_and_no_end_of_the_message() throws Exception {
        String begun = """
                event: message_start
                data: {"type":"message_start","message":{"id":"msg_1","role":"assistant","usage":{"input_tokens":3}}}

                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}

                """;
        String error = """
                event: error
                data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}

                """;
        String end = """
                event: message_stop
                data: {"type":"message_stop"}

                """;
        backends.on("gpu", call -> Tape.sse(begun).breaks(FailureKind.OVERLOADED, "Overloaded"));
        try (RoutedResponse response = ask(messages())) {
            assertThat(read(response))
                    .isEqualTo(begun + "event: error\n"
                            + "data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\","
                            + "\"code\":\"upstream_overloaded\"},\"request_id\":\""
                            + response.trace().id() + "\"}\n\n");
            assertThat(response.trace().outcome()).contains(RouteTrace.Outcome.BROKEN_OFF);
            assertThat(response.brokenOff()).isTrue();
        }
        for (Tape tape : List.of(Tape.sse(begun, error + end), Tape.sse(begun + error))) {
            backends.on("gpu", call -> tape);
            String told = bytes(messages());
            assertThat(told)
                    .startsWith(begun + "event: error\ndata: {\"type\":\"error\",")
                    .contains("Overloaded")
                    .doesNotContain("message_stop");
            assertThat(told.split("event: error")).hasSize(2);
        }
    }

    @Test
    void a_message_without_its_end_is_a_break_for_clients_of_anthropic_too() throws Exception {
        backends.on("gpu", call -> Tape.sse("""
                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}

                """));
        assertThat(bytes(messages()))
                .contains("event: error\n", "\"type\":\"api_error\"", "upstream_broken_reply")
                .doesNotContain("message_stop");
    }

    private static RouteRequest messages() {
        return RouteRequest.of(Dialect.ANTHROPIC_MESSAGES, Body.of("""
                {"model": "coding", "max_tokens": 9, "stream": true, "messages": [{"role": "user", "content": "Hi"}]}
                """));
    }

    @Test
    void an_end_without_a_finish_is_a_break() throws Exception {
        backends.on("gpu", call -> Tape.sse(BEGUN));
        assertThat(bytes(stream("coding"))).startsWith(BEGUN).contains("upstream_broken_reply");
    }

    @Test
    void a_bare_end_mark_after_content_is_a_break() throws Exception {
        backends.on("gpu", call -> Tape.sse(BEGUN + Chat.DONE));
        assertThat(bytes(stream("coding")))
                .startsWith(BEGUN)
                .contains("upstream_broken_reply")
                .doesNotContain("[DONE]");
    }

    @Test
    void an_error_frame_of_the_server_becomes_ours_and_its_end_mark_is_left_out() throws Exception {
        backends.on("gpu", call -> Tape.sse(BEGUN, Chat.ERROR + Chat.DONE));
        String told = bytes(stream("coding"));
        assertThat(told).startsWith(BEGUN).contains("engine died").doesNotContain("[DONE]");
        assertThat(told.split("\"error\"")).hasSize(2);
    }

    @Test
    void a_frame_cut_off_is_not_half_told() throws Exception {
        backends.on("gpu", call -> Tape.sse(BEGUN, Chat.text("more").substring(0, 30)));
        assertThat(bytes(stream("coding")))
                .startsWith(BEGUN + "data: {\"error\"")
                .doesNotContain("more");
    }

    @Test
    void an_end_without_an_end_mark_after_a_finish_is_fine() throws Exception {
        backends.on("gpu", call -> Tape.sse(BEGUN + Chat.FINISH));
        assertThat(bytes(stream("coding"))).isEqualTo(BEGUN + Chat.FINISH);
        assertThat(heard.only(RouterEvent.Finished.class).trace().outcome()).contains(RouteTrace.Outcome.ANSWERED);
    }

    @Test
    void an_answer_that_came_to_its_end_is_not_broken_off() throws Exception {
        backends.on("gpu", call -> Tape.sse(Chat.stream("Hello")));
        try (RoutedResponse response = ask(stream("coding"))) {
            read(response);
            assertThat(response.brokenOff()).isFalse();
        }
    }

    @Test
    void a_break_after_a_finish_has_cost_nothing() throws Exception {
        backends.on("gpu", call -> Tape.sse(BEGUN + Chat.FINISH).breaks(FailureKind.UNREACHABLE, "reset"));
        assertThat(bytes(stream("coding"))).isEqualTo(BEGUN + Chat.FINISH);
        assertThat(heard.only(RouterEvent.Finished.class).trace().outcome()).contains(RouteTrace.Outcome.ANSWERED);
    }

    @Test
    void whoever_reads_frames_or_text_gets_an_exception_after_what_came() throws Exception {
        backends.on("gpu", call -> Tape.sse(BEGUN).breaks(FailureKind.UNREACHABLE, "connection reset"));
        List<String> texts = new ArrayList<>();
        try (RoutedResponse response = ask(stream("coding"))) {
            Iterable<AnswerFrame> frames = response.frames();
            BrokenOff broken =
                    catchThrowableOfType(BrokenOff.class, () -> frames.forEach(frame -> texts.add(frame.text())));
            assertThat(broken.problem().status()).isEqualTo(503);
            assertThat(broken.trace().outcome()).contains(RouteTrace.Outcome.BROKEN_OFF);
        }
        assertThat(texts).containsExactly("", "Hello");
        try (RoutedResponse response = ask(stream("coding"))) {
            assertThatThrownBy(response::text).isInstanceOf(BrokenOff.class);
        }
    }

    @Test
    void a_long_document_that_breaks_off_throws_while_it_is_read() throws Exception {
        String head = "{\"id\":\"" + "x".repeat(9 * 1024 * 1024);
        backends.on("gpu", call -> Tape.json(head).breaks(FailureKind.UNREACHABLE, "connection reset"));
        try (RoutedResponse response = ask(chat("coding"))) {
            assertThatThrownBy(() -> response.body().readAllBytes())
                    .isInstanceOf(BrokenOff.class)
                    .hasMessage("connection reset");
        }
        assertThat(heard.only(RouterEvent.Finished.class).trace().outcome()).contains(RouteTrace.Outcome.BROKEN_OFF);
    }

    @Test
    void a_bug_of_the_plugin_in_mid_stream_is_told_as_such() throws Exception {
        backends.on("gpu", call -> Tape.sse(BEGUN).throwing(new IllegalStateException("oops")));
        assertThat(bytes(stream("coding"))).startsWith(BEGUN).contains("internal_error");
    }

    @Test
    void several_choices_finish_one_by_one() throws Exception {
        String one = BEGUN
                + choice(1, "\"Bonjour, and this is long enough to be passed over\"", "null")
                + choice(0, "null", "\"stop\"");
        String more = choice(1, "\", and it goes on when the other has finished\"", "null");
        String all = one + more + choice(1, "null", "\"stop\"");
        assertThat(outcome(Tape.sse(one + more))).isEqualTo(RouteTrace.Outcome.BROKEN_OFF);
        assertThat(outcome(Tape.sse(one + more).breaks(FailureKind.UNREACHABLE, "connection reset")))
                .isEqualTo(RouteTrace.Outcome.BROKEN_OFF);
        assertThat(outcome(Tape.sse(all))).isEqualTo(RouteTrace.Outcome.ANSWERED);
        assertThat(outcome(Tape.sse(one + more + "data: [DONE]\n\n"))).isEqualTo(RouteTrace.Outcome.ANSWERED);
    }

    private RouteTrace.Outcome outcome(Tape tape) throws Exception {
        backends.on("gpu", call -> tape);
        try (RoutedResponse response = ask(stream("coding"))) {
            read(response);
            return response.trace().outcome().orElseThrow();
        }
    }

    private static String choice(int index, String content, String finish) {
        return Chat.frame("{\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":%d,\"delta\":{\"content\":%s},"
                        .formatted(index, content)
                + "\"finish_reason\":%s}]}".formatted(finish));
    }

    @Test
    void closing_after_a_break_that_nobody_read_of_is_still_a_break() throws Exception {
        backends.on("gpu", call -> Tape.sse(BEGUN + Chat.ERROR));
        ask(stream("coding")).close();
        assertThat(heard.only(RouterEvent.Finished.class).trace().outcome()).contains(RouteTrace.Outcome.BROKEN_OFF);
    }
}
