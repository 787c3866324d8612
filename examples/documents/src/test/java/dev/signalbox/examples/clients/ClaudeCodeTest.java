package dev.signalbox.examples.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.Gate;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Claude Code in front of a server that speaks OpenAI's chats and nothing else. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class ClaudeCodeTest {

    private static final String PING = "event: ping\ndata: {\"type\":\"ping\"}\n\n";
    private static final String SYSTEM = "{\"role\":\"system\",\"content\":\"The user has opened c.txt.\"}";

    private Served signalbox;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        signalbox = Served.page("claude-code", folder, "server: { heartbeat-after: 1s }");
        signalbox
                .neighbours()
                .spare()
                .says(Answer.saying("I", " look.")
                        .calling("Read", "{\"file_path\":\"/home/me/a.txt\"}")
                        .calling("Read", "{\"file_path\":\"/home/me/b.txt\"}")
                        .using(15_000, 42));
    }

    @AfterEach
    void stop() {
        signalbox.close();
    }

    @Test
    void finds_that_somebody_is_there_and_the_names_it_may_show() throws Exception {
        assertThat(signalbox.answered(Recording.of("claude-code/probe")).body()).isEmpty();
        JsonNode list = signalbox.json(Recording.of("claude-code/models"));
        assertThat(list.path("has_more").asBoolean(true)).isFalse();
        assertThat(list.findValuesAsText("id")).contains("claude-coding");
    }

    @Test
    void has_a_turn_streamed_with_two_calls_of_tools() throws Exception {
        HttpResponse<String> answer = signalbox.answered(Recording.of("claude-code/turn"));
        JsonNode message = StreamedMessage.of(answer.body());
        assertThat(message.path("id").asText()).startsWith("msg_");
        assertThat(message.at("/content/0/text").asText()).isEqualTo("I look.");
        assertThat(message.at("/content/1/input/file_path").asText()).isEqualTo("/home/me/a.txt");
        assertThat(message.at("/content/2/input/file_path").asText()).isEqualTo("/home/me/b.txt");
        assertThat(message.path("content").findValuesAsText("id"))
                .hasSize(2)
                .doesNotContain("")
                .doesNotHaveDuplicates();
        assertThat(message.path("stop_reason").asText()).isEqualTo("tool_use");
        assertThat(message.at("/usage/input_tokens").asInt()).isEqualTo(15_000);
        assertThat(message.at("/usage/output_tokens").asInt()).isEqualTo(42);
        assertThat(Served.dropped(answer)).contains("context_management").doesNotContain("cache_control");
    }

    @Test
    void says_what_tools_gave_and_a_reminder_at_its_place() throws Exception {
        JsonNode first = StreamedMessage.of(
                signalbox.answered(Recording.of("claude-code/turn")).body());
        signalbox.neighbours().spare().says(Answer.saying("One."));
        HttpResponse<String> answer = signalbox.answered(Recording.of("claude-code/results")
                .with("SAID", first.path("content").toString())
                .with("CALL_1", first.at("/content/1/id").asText())
                .with("CALL_2", first.at("/content/2/id").asText()));
        assertThat(StreamedMessage.of(answer.body()).at("/content/0/text").asText())
                .isEqualTo("One.");
        JsonNode messages = Served.asked(signalbox.neighbours().spare()).path("messages");
        assertThat(messages.findValuesAsText("role"))
                .containsExactly("system", "user", "assistant", "tool", "tool", "system");
        assertThat(messages.get(3).path("tool_call_id")).isEqualTo(messages.at("/2/tool_calls/0/id"));
        assertThat(messages.get(4).path("tool_call_id")).isEqualTo(messages.at("/2/tool_calls/1/id"));
        assertThat(messages.get(4).path("content").asText()).contains("There is no b.txt.");
        assertThat(messages.get(5)).hasToString(SYSTEM);
    }

    @Test
    void has_its_small_work_done_by_the_small_model() throws Exception {
        signalbox.neighbours().laptop().says(Answer.saying("{\"title\":", "\"A file\"}"));
        HttpResponse<String> title = signalbox.answered(Recording.of("claude-code/title"));
        assertThat(Served.target(title)).isEqualTo("laptop/qwen3:4b");
        assertThat(StreamedMessage.of(title.body()).at("/content/0/text").asText())
                .isEqualTo("{\"title\":\"A file\"}");
        HttpResponse<String> quota = signalbox.answered(Recording.of("claude-code/quota"));
        assertThat(Served.target(quota)).isEqualTo("laptop/qwen3:4b");
        assertThat(Event.json(quota.body()).path("type").asText()).isEqualTo("message");
    }

    @Test
    void has_tokens_counted_without_waking_anybody() throws Exception {
        HttpResponse<String> count = signalbox.answered(Recording.of("claude-code/count"));
        assertThat(Event.json(count.body()).path("input_tokens").asInt()).isBetween(20, 200);
        assertThat(count.headers().firstValue("X-Signalbox-Estimated")).contains("tokens");
        assertThat(signalbox.neighbours().spare().server().generations()).isZero();
    }

    @Test
    void sees_signs_of_life_while_a_model_reads() throws Exception {
        Gate reading = Gate.closed();
        signalbox.neighbours().spare().sends(reply -> reply.headWaitsFor(reading));
        try (InputStream answer = signalbox.open(Recording.of("claude-code/turn"))) {
            byte[] ping = answer.readNBytes(PING.length());
            assertThat(new String(ping, UTF_8)).isEqualTo(PING);
            reading.open();
            String all = PING + new String(answer.readAllBytes(), UTF_8);
            assertThat(StreamedMessage.of(all).path("stop_reason").asText()).isEqualTo("tool_use");
        }
    }

    @Test
    void waits_and_asks_again_when_everybody_is_down() throws Exception {
        signalbox.neighbours().spare().refuses(503, "The server is overloaded.");
        HttpResponse<String> answer = signalbox.send(Recording.of("claude-code/turn"));
        assertThat(answer.statusCode()).isEqualTo(529);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.headers().firstValue("x-should-retry")).isNotEqualTo(Optional.of("false"));
        assertThat(Event.json(answer.body()).at("/error/type").asText()).isEqualTo("overloaded_error");
    }

    @Test
    void learns_that_the_conversation_is_too_long_in_words_it_knows() throws Exception {
        signalbox
                .neighbours()
                .spare()
                .refuses(400, "This model's maximum context length is 32768 tokens. Reduce the length.");
        HttpResponse<String> answer = signalbox.send(Recording.of("claude-code/turn"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Event.json(answer.body()).at("/error/message").asText())
                .startsWith("prompt is too long: ")
                .contains("32768");
    }
}
