package dev.signalbox.backend.llamacpp;

import static dev.signalbox.backend.llamacpp.Streams.AROUND;
import static dev.signalbox.backend.llamacpp.Streams.STREAM;
import static dev.signalbox.backend.llamacpp.Streams.USAGE;
import static dev.signalbox.backend.llamacpp.Streams.WHOLE;
import static dev.signalbox.backend.llamacpp.Streams.chat;
import static dev.signalbox.backend.llamacpp.Streams.chunk;
import static dev.signalbox.backend.llamacpp.Streams.joined;
import static dev.signalbox.backend.llamacpp.Streams.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Headers;
import dev.signalbox.backend.http.ErrorRules;
import dev.signalbox.backend.llamacpp.Streams.Pieces;
import dev.signalbox.spi.BackendReply;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream that was asked for in place of a whole answer becomes the answer that was wanted. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JoinedReplyTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void is_what_the_server_would_have_said_to_the_byte() throws Exception {
        assertThat(joined(STREAM)).isEqualTo(WHOLE);
    }

    @Test
    void is_the_same_wherever_the_stream_is_cut() throws Exception {
        byte[] bytes = STREAM.getBytes(UTF_8);
        for (int at = 1; at < bytes.length; at++) {
            assertThat(read(chat(new Pieces(bytes, at, bytes.length))))
                    .as("cut at %d", at)
                    .isEqualTo(WHOLE);
        }
        assertThat(read(chat(new Pieces(bytes, 1, 1)))).as("byte by byte").isEqualTo(WHOLE);
    }

    @Test
    void any_number_of_lines_may_mean_nothing() throws Exception {
        assertThat(joined("id: 1\n".repeat(60_000) + "\n" + STREAM)).isEqualTo(WHOLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"event: message\n\n", "id: 7\nretry: 10\n\n", "\n", "\r\n\r\n", ": proxy error: no\n\n"})
    void what_may_stand_in_a_stream_is_no_error(String harmless) throws Exception {
        assertThat(joined(harmless + STREAM)).isEqualTo(WHOLE);
    }

    @Test
    void says_that_it_is_a_document_and_keeps_the_other_headers() {
        Headers headers = Headers.of("Content-Type", "text/event-stream", "x-ratelimit-limit", "7");
        BackendReply reply = new JoinedReply(
                BackendReply.of(200, headers, InputStream.nullInputStream()),
                new JoinedAnswer(true),
                ErrorRules.shared()::read);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().all("content-type")).containsExactly("application/json; charset=utf-8");
        assertThat(reply.headers().first("x-ratelimit-limit")).contains("7");
    }

    @Test
    void an_answer_without_text_has_an_empty_one() throws Exception {
        JsonNode whole = tree(chunk("{\"role\":\"assistant\",\"content\":null}") + end("stop"));

        assertThat(whole.at("/choices/0/message").toString()).isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
        assertThat(whole.at("/choices/0").has("logprobs")).isFalse();
    }

    @Test
    void probabilities_of_all_tokens_are_kept_as_they_were_written() throws Exception {
        String first = "{\"id\":348,\"token\":\"Hello\",\"bytes\":[72],\"logprob\":0.0,\"top_logprobs\":[]}";
        String second = "{\"id\":349,\"token\":\" !\",\"bytes\":[32,33],\"logprob\":-0.019935840740799904}";
        String pieces =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"logprobs\":{\"content\":[%s]}}]}\n\n";

        JsonNode whole = tree(pieces.formatted("Hello", first) + pieces.formatted(" !", second) + end("length"));

        assertThat(whole.at("/choices/0/logprobs/content").toString()).isEqualTo("[" + first + "," + second + "]");
        assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void several_choices_stand_in_order_and_the_first_one_is_counted() throws Exception {
        String piece = "data: {\"choices\":[{\"index\":%d,\"delta\":{\"content\":\"%s\"}}]}\n\n";
        String finish = "data: {\"choices\":[{\"index\":%d,\"finish_reason\":\"stop\",\"delta\":{}}]}\n\n";
        String usage = "data: {\"choices\":[],\"usage\":{\"completion_tokens\":%d}}\n\n";

        JsonNode whole =
                tree(piece.formatted(1, "b") + piece.formatted(0, "a") + piece.formatted(1, "B") + finish.formatted(1)
                        + usage.formatted(2) + finish.formatted(0) + usage.formatted(1) + "data: [DONE]\n\n");

        assertThat(whole.at("/choices/0/message/content").asText()).isEqualTo("a");
        assertThat(whole.at("/choices/1/message/content").asText()).isEqualTo("bB");
        assertThat(whole.at("/usage/completion_tokens").asInt()).isEqualTo(1);
    }

    @Test
    void more_choices_and_calls_than_anybody_wants_are_left_out() throws Exception {
        StringBuilder stream = new StringBuilder();
        for (int index = 0; index < 1_100; index++) {
            stream.append(chunk("{\"tool_calls\":[{\"index\":%d,\"function\":{\"name\":\"f\"}}]}".formatted(index)));
        }
        for (int index : List.of(0, 1)) {
            stream.append("data: {\"choices\":[{\"index\":%d,\"finish_reason\":\"stop\",\"delta\":{}}]}\n\n"
                    .formatted(index));
        }

        assertThat(tree(stream.toString()).at("/choices/0/message/tool_calls")).hasSize(1_000);
    }

    @Test
    void tokens_that_are_not_told_are_those_of_the_timings() throws Exception {
        JsonNode whole = tree(chunk("{\"content\":\"Hi\"}")
                + "data: {\"choices\":[{\"finish_reason\":\"stop\",\"index\":0,\"delta\":{}}],"
                + "\"timings\":{\"cache_n\":90,\"prompt_n\":2,\"predicted_n\":1}}\n\ndata: [DONE]\n\n");

        assertThat(whole.path("usage").toString())
                .isEqualTo("{\"completion_tokens\":1,\"prompt_tokens\":92,\"total_tokens\":93}");
    }

    @Test
    void a_plain_prompt_is_answered_in_its_own_shape() throws Exception {
        String piece = "data: {\"choices\":[{\"text\":\"%s\",\"index\":0,\"logprobs\":null,\"finish_reason\":%s}],"
                + AROUND + ",\"object\":\"text_completion\"%s}\n\n";
        String stream = piece.formatted(" !", "null", "")
                + piece.formatted(" I am", "null", "")
                + piece.formatted("", "\"length\"", ",\"usage\":" + USAGE)
                + "data: [DONE]\n\n";

        assertThat(joined(Dialect.OPENAI_COMPLETIONS, stream))
                .isEqualTo("{\"choices\":[{\"text\":\" ! I am\",\"index\":0,\"logprobs\":null,"
                        + "\"finish_reason\":\"length\"}],\"created\":1795220576,\"model\":\"qwen\","
                        + "\"system_fingerprint\":\"b1-de3ff81\",\"object\":\"text_completion\",\"usage\":" + USAGE
                        + ",\"id\":\"chatcmpl-1\"}");
    }

    private static String end(String reason) {
        return "data: {\"choices\":[{\"finish_reason\":\"%s\",\"index\":0,\"delta\":{}}]}\n\ndata: [DONE]\n\n"
                .formatted(reason);
    }

    private static JsonNode tree(String stream) throws IOException {
        return JSON.readTree(joined(stream));
    }
}
