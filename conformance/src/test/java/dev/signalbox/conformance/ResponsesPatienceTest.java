package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.Reply;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Signs of life in responses, whose clients put events together: they have no number and are no part of the answer. A client
 * has its stream at the first of them, before the server has said a word.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ResponsesPatienceTest {

    private static final String SIGN = ": keep-alive\n\n"; // as the router itself says it
    private static final String RESPONSE =
            "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1,\"model\":\"test-model\",\"output\":[%s],"
                    + "\"parallel_tool_calls\":true,\"tool_choice\":\"auto\",\"tools\":[],\"status\":\"%s\"}";
    private static final String ITEM =
            "{\"type\":\"message\",\"id\":\"msg_1\",\"role\":\"assistant\",\"status\":\"%s\",\"content\":[%s]}";
    private static final String PART = "{\"type\":\"output_text\",\"text\":\"%s\",\"annotations\":[]}";

    @RegisterExtension
    static final OneServer GPU = OneServer.configured("""
            server: { heartbeat-after: 1s, heartbeat-every: 1s }
            backends:
              chats: { type: openai, base-url: "%1$s", models: [ test-model ] }
              own: { type: openai, preset: openai, base-url: "%1$s", models: [ test-model ] }
            """);

    @Test
    void the_library_for_java_passes_over_those_before_the_first_event() {
        Gate thinking = Gate.closed();
        GPU.server().sends(good -> good.headWaitsFor(thinking));
        try (StreamResponse<ResponseStreamEvent> stream =
                GPU.client().responses().createStreaming(asking("chats/test-model"))) {
            thinking.open();

            assertThat(told(stream)).isEqualTo("All signals are green.");
        }
    }

    @Test
    void and_those_between_events() {
        GPU.server().sends(good -> interrupted());
        try (StreamResponse<ResponseStreamEvent> stream =
                GPU.client().responses().createStreaming(asking("own/test-model"))) {
            assertThat(told(stream)).isEqualTo("All green.");
        }
    }

    private static String told(StreamResponse<ResponseStreamEvent> stream) {
        ResponseAccumulator whole = ResponseAccumulator.create();
        String text = stream.stream()
                .peek(whole::accumulate)
                .peek(ResponseStreamEvent::validate)
                .flatMap(event -> event.outputTextDelta().stream())
                .map(delta -> delta.delta())
                .collect(Collectors.joining());
        assertThat(whole.response().status()).contains(ResponseStatus.COMPLETED);
        return text;
    }

    private static ResponseCreateParams asking(String target) {
        return ResponseCreateParams.builder()
                .model(target)
                .input("What do the signals say?")
                .build();
    }

    @Test
    void so_does_the_library_for_node() throws Exception {
        Gate thinking = Gate.closed();
        try (NodeLibrary node = node()) {
            GPU.server().sends(good -> good.headWaitsFor(thinking));
            Question question = Question.to("chats/test-model");
            node.act("responding", question, List.of());
            thinking.open();
            JsonNode waited = node.act("responded", question, List.of());

            assertThat(waited.path("text").asText()).isEqualTo("All signals are green.");
            assertThat(waited.path("status").asText()).isEqualTo("completed");
        }
    }

    @Test
    void between_events_too() throws Exception {
        try (NodeLibrary node = node()) {
            GPU.server().sends(good -> interrupted());
            Question question = Question.to("own/test-model");
            node.act("responding", question, List.of());
            JsonNode waited = node.act("responded", question, List.of());

            assertThat(waited.path("text").asText()).isEqualTo("All green.");
        }
    }

    private static NodeLibrary node() throws Exception {
        return new NodeLibrary(Node.start("openai.mjs", List.of(GPU.signalbox().address(), "0")), mishap -> "", "");
    }

    /** A server that speaks responses, and has signs of life among its events. */
    private static Reply interrupted() {
        String text = PART.formatted("All green.");
        return Reply.stream("text/event-stream")
                .chunks(Stream.of(
                                event(0, "response.created", "\"response\":" + RESPONSE.formatted("", "in_progress")),
                                event(
                                        1,
                                        "response.output_item.added",
                                        "\"output_index\":0,\"item\":" + ITEM.formatted("in_progress", "")),
                                event(
                                        2,
                                        "response.content_part.added",
                                        "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"part\":"
                                                + PART.formatted("")),
                                delta(3, "All "),
                                SIGN,
                                delta(4, "green."),
                                SIGN + SIGN,
                                event(
                                        5,
                                        "response.output_item.done",
                                        "\"output_index\":0,\"item\":" + ITEM.formatted("completed", text)),
                                event(
                                        6,
                                        "response.completed",
                                        "\"response\":"
                                                + RESPONSE.formatted(ITEM.formatted("completed", text), "completed")))
                        .toList());
    }

    private static String delta(int number, String text) {
        return event(
                number,
                "response.output_text.delta",
                "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"logprobs\":[],\"delta\":\"" + text
                        + "\"");
    }

    private static String event(int number, String type, String members) {
        return "event: %s\ndata: {\"type\":\"%s\",\"sequence_number\":%d,%s}\n\n"
                .formatted(type, type, number, members);
    }
}
