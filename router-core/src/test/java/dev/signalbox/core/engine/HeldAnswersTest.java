package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Some dialects tell a thing only once it is whole. What a server never makes whole is not held without end. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HeldAnswersTest extends EngineFixture {

    private static final int ENOUGH = 9; // pieces are more than may be held
    private static final String PIECE = "x".repeat(1_000_000);

    @BeforeEach
    void a_backend_that_speaks_openai_only() {
        layout.backend("gpu", "m");
        backends.dialects = Set.of(Dialect.OPENAI_CHAT);
    }

    private static RouteRequest request(Dialect dialect, String body) {
        return RouteRequest.of(dialect, Body.of(body.replace('\'', '"')));
    }

    /** The server says that again and again, with the number of the time, and then that it has finished. */
    private void says(String first, IntFunction<String> piece) {
        backends.on("gpu", call -> {
            Tape tape = Tape.sse(Chat.ROLE + first);
            for (int number = 0; number < ENOUGH; number++) {
                tape.then(piece.apply(number));
            }
            return tape.then(Chat.FINISH + Chat.DONE);
        });
    }

    private static String called(int index, String name, String arguments) {
        return call("'index':%d,'id':'c%d','function':{'name':'%s','arguments':'%s'}", index, index, name, arguments);
    }

    private static String more(int index, String arguments) {
        return call("'index':%d,'function':{'arguments':'%s'}", index, arguments);
    }

    private static String call(String format, Object... said) {
        return Chat.delta("{\"tool_calls\":[{" + format.replace('\'', '"').formatted(said) + "}]}");
    }

    @Test
    void calls_that_are_mixed_beyond_measure_end_with_the_clients_error_and_no_block_out_of_order() throws Exception {
        String piece = "x".repeat(300_000);
        backends.on(
                "gpu",
                call -> Tape.sse(called(0, "w", "{"), called(1, "w", "{\\\"a\\\":\\\"" + piece))
                        .then(more(1, piece))
                        .then(more(1, piece))
                        .then(more(1, piece) + more(1, "\\\"}") + more(0, "}") + Chat.FINISH + Chat.DONE));

        try (RoutedResponse response = ask(
                request(Dialect.ANTHROPIC_MESSAGES, "{'model':'gpu/m','max_tokens':9,'stream':true,'messages':[]}"))) {
            assertThat(read(response).lines().filter(line -> line.startsWith("event: ")))
                    .containsExactly(
                            "event: message_start",
                            "event: content_block_start",
                            "event: content_block_delta",
                            "event: error");
            assertThat(response.trace().outcome()).contains(RouteTrace.Outcome.BROKEN_OFF);
            assertThat(response.trace().steps())
                    .extracting(RouteTrace.Step::reason)
                    .anyMatch(reason -> reason.contains("more than 1,048,576 characters came before"));
        }
    }

    @Test
    void names_of_calls_that_wait_for_another_one_count_too() throws Exception {
        says(called(0, "w", "{"), number -> called(number + 1, PIECE.substring(500_000), "{}"));

        assertThat(bytes(request(
                        Dialect.ANTHROPIC_MESSAGES, "{'model':'gpu/m','max_tokens':9,'stream':true,'messages':[]}")))
                .contains("event: error", "more than 1,048,576 characters came before")
                .doesNotContain("message_stop");
    }

    @Test
    void an_answer_is_not_held_for_the_event_that_would_repeat_it() throws Exception {
        says("", number -> Chat.text(PIECE));

        String heard = bytes(request(Dialect.OPENAI_RESPONSES, "{'model':'gpu/m','stream':true,'input':'Hi'}"));

        assertThat(heard.lines().filter(line -> line.startsWith("event: ")).toList())
                .endsWith("event: response.output_text.delta", "event: error", "event: response.failed");
        assertThat(heard).contains("it has more than 8,388,608 characters");
    }

    @Test
    void nor_are_probabilities_of_long_words() throws Exception {
        says("", number -> logprobs("{'token':'x','logprob':-0.5,'bytes':[120],'top_logprobs':[{'token':'%s'}]}"));

        assertThat(bytes(request(Dialect.OPENAI_RESPONSES, "{'model':'gpu/m','stream':true,'input':'Hi'}")))
                .contains("it has more than 8,388,608 characters");
    }

    private static String logprobs(String token) {
        return ("data: {'choices':[{'index':0,'delta':{'content':'x'},'logprobs':{'content':[" + token + "]}}]}\n\n")
                .replace('\'', '"')
                .formatted(PIECE);
    }

    @Test
    void a_call_is_not_held_for_the_line_that_tells_it_whole() throws Exception {
        says(called(0, "w", "{"), number -> more(0, PIECE));

        assertThat(bytes(request(Dialect.OLLAMA_CHAT, "{'model':'gpu/m','messages':[{'role':'user','content':'Hi'}]}")))
                .contains("{\"error\":\"", "its tool calls have more than 8,388,608 characters")
                .doesNotContain("\"done\":true", "tool_calls\":");
    }

    @Test
    void nor_are_calls_of_long_names() throws Exception {
        says("", number -> call("'index':%d,'id':'c%d','function':{'name':'%s'}", number, number, PIECE));

        assertThat(bytes(request(Dialect.OLLAMA_CHAT, "{'model':'gpu/m','messages':[{'role':'user','content':'Hi'}]}")))
                .contains("its tool calls have more than 8,388,608 characters")
                .doesNotContain("\"done\":true", "tool_calls\":");
    }

    @Test
    void the_text_for_a_custom_tool_is_not_held_until_it_can_be_taken_out_of_its_arguments() throws Exception {
        backends.dialects = Set.of(Dialect.ANTHROPIC_MESSAGES);
        says(
                event("start", "'content_block':{'type':'tool_use','id':'a','name':'edit','input':{}}"),
                number -> event("delta", "'delta':{'type':'input_json_delta','partial_json':'%s'}".formatted(PIECE)));

        assertThat(bytes(request(
                        Dialect.OPENAI_CHAT,
                        "{'model':'gpu/m','stream':true,'messages':[{'role':'user','content':'Hi'}],"
                                + "'tools':[{'type':'custom','custom':{'name':'edit'}}]}")))
                .contains("its calls of custom tools have more than 8,388,608 characters")
                .doesNotContain("[DONE]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai.chat", "anthropic.messages", "openai.responses", "ollama.chat"})
    void calls_without_end_are_not_all_remembered(String server) throws Exception {
        Dialect spoken = Dialect.KNOWN.stream()
                .filter(each -> each.id().equals(server))
                .findFirst()
                .orElseThrow();
        backends.dialects = Set.of(spoken);
        backends.on("gpu", call -> endless(spoken));

        assertThat(bytes(
                        spoken.equals(Dialect.ANTHROPIC_MESSAGES)
                                ? request(Dialect.OPENAI_CHAT, "{'model':'gpu/m','stream':true,'messages':[]}")
                                : request(
                                        Dialect.ANTHROPIC_MESSAGES,
                                        "{'model':'gpu/m','max_tokens':9,'stream':true,'messages':[]}")))
                .contains("it has more than 10,000 tool calls and other parts");
    }

    /** A server that calls one tool after the other, a thousand in each piece. */
    private static Tape endless(Dialect dialect) {
        Tape tape = dialect.equals(Dialect.OLLAMA_CHAT) ? Tape.lines("") : Tape.sse("");
        for (int piece = 0; piece < 12; piece++) {
            StringBuilder calls = new StringBuilder();
            for (int i = 0; i < 1000; i++) {
                calls.append(oneOfMany(dialect, piece * 1000 + i));
            }
            tape.then(calls.toString());
        }
        return tape;
    }

    private static String oneOfMany(Dialect dialect, int number) {
        return switch (dialect.id()) {
            case "openai.chat" -> called(number, "w", "{}");
            case "anthropic.messages" ->
                ("event: content_block_start\ndata: {'type':'content_block_start','index':%d,'content_block':"
                                + "{'type':'tool_use','id':'c','name':'w','input':{}}}\n\n")
                        .formatted(number)
                        .replace('\'', '"');
            case "openai.responses" ->
                ("data: {'type':'response.output_item.done','output_index':%d,'item':{'type':'function_call',"
                                + "'call_id':'c','name':'w','arguments':'{}'}}\n\n")
                        .formatted(number)
                        .replace('\'', '"');
            default ->
                "{'message':{'role':'assistant','content':'','tool_calls':[{'function':{'name':'w','arguments':{}}}]},'done':false}\n"
                        .replace('\'', '"');
        };
    }

    @Test
    void arguments_are_not_held_for_a_name_that_never_comes() throws Exception {
        says("", number -> call("'index':0,'id':'c0','function':{'arguments':'%s'}", PIECE));

        assertThat(bytes(request(
                        Dialect.ANTHROPIC_MESSAGES, "{'model':'gpu/m','max_tokens':9,'stream':true,'messages':[]}")))
                .contains("event: error", "more than 8,388,608 characters before their names");
    }

    private static String event(String what, String members) {
        return "event: content_block_%s\ndata: {\"type\":\"content_block_%s\",\"index\":0,%s}\n\n"
                .formatted(what, what, members.replace('\'', '"'));
    }
}
