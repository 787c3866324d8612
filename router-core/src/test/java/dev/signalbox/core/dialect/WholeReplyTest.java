package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Usage;
import dev.signalbox.api.Usage.Source;
import dev.signalbox.api.frame.Framing;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WholeReplyTest {

    @ParameterizedTest
    @CsvSource({
        "chat.json,         openai.chat,            Hello ! I,     92,  3,  91",
        "messages.json,     anthropic.messages,     Let me look,  610, 15, 609",
        "responses.json,    openai.responses,       Hello ! I am,  92, 26,  91",
        "embeddings.json,   openai.embeddings,      '',            12,  0,   0",
    })
    void reads_what_servers_send(String name, String dialect, String text, long input, long output, long cacheRead)
            throws Exception {
        ReplyReader reader = ReplyReader.of(dialect(dialect));
        Whole whole = reader.whole(ByteBuffer.wrap(Recorded.bytes(name)));

        assertThat(whole.wellFormed()).isTrue();
        assertThat(whole.error()).isEmpty();
        assertThat(whole.wrongShape()).isEmpty();
        assertThat(reader.text(ByteBuffer.wrap(Recorded.bytes(name)))).startsWith(text);
        assertThat(whole.usage()).contains(new Usage(input, output, cacheRead, 0, Source.REPORTED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "anthropic.count-tokens | {\"input_tokens\":92}",
                "anthropic.count-tokens | {\"input_tokens\":92,\"object\":\"response.input_tokens\"}",
                "ollama.chat     | {\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"load\"}",
                "ollama.generate | {\"model\":\"m\",\"response\":\"\",\"done\":true,\"done_reason\":\"unload\"}",
                "ollama.embed    | {\"embeddings\":[[0.1]]}",
                "ollama.embeddings | {\"embedding\":[0.1]}",
                "openai.rerank   | {\"results\":[{\"index\":0,\"relevance_score\":0.9}]}",
                "openai.rerank   | [{\"index\":0,\"score\":0.9}]",
                "openai.chat     | {\"choices\":[{\"message\":{\"content\":null},\"finish_reason\":\"stop\"}]}",
                "openai.chat     | {\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[{\"id\":\"c\"}]}}]}",
                "anthropic.messages | {\"type\":\"message\",\"content\":null,\"stop_reason\":\"end_turn\"}",
                "openai.responses| {\"status\":\"completed\",\"error\":null,\"output\":[]}",
                "task            | {\"response\":\"\",\"finish_reason\":\"length\"}",
                "house.song      | {\"whatever\":true}",
            })
    void takes_every_answer_of_the_dialect(String dialect, String json) {
        Whole whole = ReplyReader.of(dialect(dialect)).whole(bytes(json));

        assertThat(whole.wrongShape()).isEmpty();
        assertThat(whole.error()).isEmpty();
        assertThat(whole.wellFormed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai.chat            | {}                                   | choices",
                "openai.chat            | {\"choices\":[]}                     | choices",
                "openai.chat            | {\"choices\":[{\"message\":{}}]}     | neither",
                "openai.completions     | {\"detail\":\"Not Found\"}           | choices",
                "openai.embeddings      | {\"object\":\"list\"}                | embeddings",
                "openai.rerank          | {\"data\":1}                         | results",
                "openai.responses       | {\"choices\":[]}                     | output",
                "anthropic.messages     | {\"choices\":[]}                     | content",
                "anthropic.count-tokens | {\"input_tokens\":\"92\"}            | input_tokens",
                "ollama.chat            | {\"status\":\"success\"}             | message",
                "ollama.embed           | {\"data\":null}                      | embeddings",
            })
    void says_why_json_is_no_answer(String dialect, String json, String part) {
        assertThat(ReplyReader.of(dialect(dialect)).whole(bytes(json)).wrongShape())
                .hasValueSatisfying(reason -> assertThat(reason).contains(part));
    }

    @Test
    void finds_the_error_under_a_good_status() {
        String json = "{\"error\":{\"text\":\"Unexpected endpoint or method. (GET /health)\"}}";

        assertThat(ReplyReader.of(Dialect.OPENAI_CHAT).whole(bytes(json)).error())
                .contains(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"choices\":[{\"mess", "<html></html>", "{} {}", "proxy error: gone"})
    void says_what_is_not_well_formed(String text) {
        assertThat(ReplyReader.of(Dialect.OPENAI_CHAT).whole(bytes(text)).wellFormed())
                .isFalse();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static Dialect dialect(String id) {
        return Dialect.KNOWN.stream()
                .filter(dialect -> dialect.id().equals(id))
                .findFirst()
                .orElseGet(() -> new Dialect(id, true, Framing.SSE));
    }
}
