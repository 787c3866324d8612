package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.AnswerFrame;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Usage;
import dev.signalbox.api.Usage.Source;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.api.frame.Framing;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReplyReaderTest {

    /** One sign for each frame: content, finish, end, usage only, error, {@code -} for nothing, {@code *} for both ends. */
    @ParameterizedTest
    @CsvSource({
        "chat.sse,                        openai.chat,        -ccfe",
        "chat-tools.sse,                  openai.chat,        -cccccfe",
        "chat-tool-call-in-one-frame.sse, openai.chat,        cccfe",
        "chat-reasoning.sse,              openai.chat,        -ccccfe",
        "chat-progress.sse,               openai.chat,        ---cfe",
        "chat-keepalive.sse,              openai.chat,        ----ccfe",
        "chat-usage.sse,                  openai.chat,        -cfue",
        "chat-finish-with-usage.sse,      openai.chat,        -ccf",
        "chat-hidden-failure.sse,         openai.chat,        -",
        "chat-error.sse,                  openai.chat,        -cx",
        "chat-error-then-done.sse,        openai.chat,        xe",
        "chat-proxy-error.sse,            openai.chat,        -ccx",
        "completions-usage.sse,           openai.completions, ccfe",
        "messages-tools.sse,              anthropic.messages, --cccccc--f*",
        "messages-thinking.sse,           anthropic.messages, --cc-cc---f*",
        "messages-ping-and-error.sse,     anthropic.messages, --x",
        "messages-bare-error.sse,         anthropic.messages, -x",
        "responses.sse,                   openai.responses,   ----ccccc--*",
        "responses-error.sse,             openai.responses,   ----cx",
        "responses-without-event-names.sse, openai.responses, ----ccc--*",
        "ollama-chat.ndjson,              ollama.chat,        -ccc*",
        "ollama-generate.ndjson,          ollama.generate,    cc*",
        "ollama-error.ndjson,             ollama.chat,        cx",
    })
    void tells_what_each_frame_means(String name, String dialect, String signs) throws Exception {
        assertThat(signs(name, dialect(dialect), false)).isEqualTo(signs);
    }

    @ParameterizedTest
    @CsvSource({
        "chat.sse,                        openai.chat,        ---fe",
        "chat-usage.sse,                  openai.chat,        --fue",
        "chat-error.sse,                  openai.chat,        --x",
        "chat-error-then-done.sse,        openai.chat,        xe",
        "chat-proxy-error.sse,            openai.chat,        ---x",
        "chat-finish-with-usage.sse,      openai.chat,        ---f",
        "chat-tool-call-in-one-frame.sse, openai.chat,        ---fe",
        "completions-usage.sse,           openai.completions, --fe",
        "messages-tools.sse,              anthropic.messages, ----------f*",
        "messages-bare-error.sse,         anthropic.messages, -x",
        "responses.sse,                   openai.responses,   -----------*",
        "responses-error.sse,             openai.responses,   -----x",
        "ollama-chat.ndjson,              ollama.chat,        ----*",
        "ollama-error.ndjson,             ollama.chat,        -x",
    })
    void still_sees_ends_and_errors_after_the_commit(String name, String dialect, String signs) throws Exception {
        assertThat(signs(name, dialect(dialect), true)).isEqualTo(signs);
    }

    @ParameterizedTest
    @CsvSource({
        "chat-usage.sse,              openai.chat,        26, 12, 20,  0",
        "chat-progress.sse,           openai.chat,      3320,  2,  7,  0",
        "chat-finish-with-usage.sse,  openai.chat,        12,  4,  0,  0",
        "completions-usage.sse,       openai.completions,  2,  3,  1,  0",
        "messages-tools.sse,          anthropic.messages, 610, 15, 609, 0",
        "messages-ping-and-error.sse, anthropic.messages, 40,  1,  4, 10",
        "responses.sse,               openai.responses,   92,  4, 91,  0",
        "ollama-chat.ndjson,          ollama.chat,        26, 12,  0,  0",
        "ollama-generate.ndjson,      ollama.generate,     5,  2,  0,  0",
    })
    void counts_the_same_tokens_before_and_after_the_commit(
            String name, String dialect, long input, long output, long cacheRead, long cacheWrite) throws Exception {
        for (boolean late : new boolean[] {false, true}) {
            ReplyReader reader = ReplyReader.of(dialect(dialect));
            for (Frame frame : Recorded.frames(name, dialect(dialect))) {
                reader.read(frame);
                if (late) {
                    reader.committed(); // the first frame is always read before the commit
                }
            }
            assertThat(reader.usage()).contains(new Usage(input, output, cacheRead, cacheWrite, Source.REPORTED));
        }
    }

    @Test
    void has_no_usage_where_none_was_reported() throws Exception {
        ReplyReader reader = ReplyReader.of(Dialect.OPENAI_CHAT);
        Recorded.frames("chat-keepalive.sse", Dialect.OPENAI_CHAT).forEach(reader::read);

        assertThat(reader.usage()).isEmpty();
    }

    @Test
    void takes_the_later_figure_where_the_first_was_a_guess() {
        ReplyReader reader = ReplyReader.of(Dialect.ANTHROPIC_MESSAGES);
        reader.read(Frame.data("{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":900}}}"));
        reader.read(Frame.data("{\"type\":\"message_delta\",\"usage\":{\"input_tokens\":700,\"output_tokens\":5}}"));

        assertThat(reader.usage()).contains(Usage.reported(700, 5));
    }

    @Test
    void of_each_figure_the_last_above_zero_counts_and_a_zero_takes_nothing_back() {
        ReplyReader reader = ReplyReader.of(Dialect.ANTHROPIC_MESSAGES);
        reader.read(Frame.data(
                "{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":10,\"output_tokens\":1,"
                        + "\"cache_read_input_tokens\":600,\"cache_creation_input_tokens\":30}}}"));
        reader.read(Frame.data("{\"type\":\"message_delta\",\"usage\":{\"output_tokens\":40}}"));
        reader.read(Frame.data("{\"type\":\"message_delta\",\"usage\":{\"input_tokens\":0,\"output_tokens\":50,"
                + "\"cache_read_input_tokens\":500,\"cache_creation_input_tokens\":0}}"));

        assertThat(reader.usage()).contains(new Usage(540, 50, 500, 30, Source.REPORTED));
    }

    @Test
    void hands_the_error_over_as_it_came() {
        Signal signal = ReplyReader.of(Dialect.OPENAI_CHAT).read(Frame.data("{\"error\":\"no memory\"}"));

        assertThat(signal.error()).contains("{\"error\":\"no memory\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"text\"}",
                "{\"error\":{\"message\":\"m\"}}",
                "{\"object\":\"error\",\"message\":\"m\"}",
                "{\"type\":\"error\",\"message\":\"m\"}",
                "Internal Server Error",
            })
    void knows_an_error_in_every_envelope(String data) {
        ReplyReader reader = ReplyReader.of(Dialect.OPENAI_CHAT);
        assertThat(reader.read(Frame.data(data)).error()).contains(data);
        reader.committed();
        assertThat(reader.read(Frame.data(data)).error()).contains(data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":null}", "{\"error\":\"\"}", "{\"error\":{}}", "{\"error\":false}"})
    void takes_no_empty_error_for_one(String data) {
        assertThat(ReplyReader.of(Dialect.OPENAI_CHAT).read(Frame.data(data)).error())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"refusal\":\"no\"}",
                "{\"reasoning_content\":\"hm\"}",
                "{\"reasoning\":\"hm\"}",
                "{\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}",
                "{\"tool_calls\":[{\"index\":0}]}",
                "{\"function_call\":{\"name\":\"f\"}}",
                "{\"audio\":{\"data\":\"AAAA\"}}",
                "{\"images\":[{\"image_url\":{}}]}",
            })
    void sees_content_in_every_form(String delta) {
        Frame frame = Frame.data("{\"choices\":[{\"index\":1,\"delta\":%s}]}".formatted(delta));

        assertThat(ReplyReader.of(Dialect.OPENAI_CHAT).read(frame).content()).isTrue();
    }

    @Test
    void does_not_mistake_what_the_model_writes_for_signs_of_the_protocol() {
        ReplyReader reader = ReplyReader.of(Dialect.OPENAI_CHAT);
        reader.committed();
        String said = "\\\"error\\\":1,\\\"finish_reason\\\":\\\"stop\\\" [DONE]";

        Signal signal = reader.read(
                Frame.data("{\"choices\":[{\"delta\":{\"content\":\"" + said + "\"},\"finish_reason\":null}]}"));

        assertThat(signal).isEqualTo(Signal.NOTHING);
    }

    @Test
    void passes_over_fields_that_only_readers_of_events_know() throws Exception {
        for (Frame frame : Recorded.frames("retry-and-id.sse", Dialect.OPENAI_CHAT)) {
            assertThat(ReplyReader.of(Dialect.OPENAI_CHAT).read(frame)).isEqualTo(Signal.NOTHING);
        }
    }

    @Test
    void takes_every_frame_of_a_dialect_nobody_knows_for_content() {
        ReplyReader reader = ReplyReader.of(new Dialect("house.song", true, Framing.SSE));

        Signal plain = reader.read(Frame.data("step 1 of 3"));

        assertThat(plain.content()).isTrue();
        assertThat(plain.finish()).isTrue();
        assertThat(reader.read(Frame.data("{\"error\":\"broke\"}")).error()).isPresent();
    }

    @Test
    void reads_an_answer_frame_the_same_way_in_every_dialect() throws Exception {
        assertThat(text("chat-tools.sse", Dialect.OPENAI_CHAT)).isEqualTo("Let||tool_calls");
        assertThat(text("chat-reasoning.sse", Dialect.OPENAI_CHAT)).isEqualTo(" talks .| I should|stop");
        assertThat(text("completions-usage.sse", Dialect.OPENAI_COMPLETIONS)).isEqualTo(" ! I||length");
        assertThat(text("messages-thinking.sse", Dialect.ANTHROPIC_MESSAGES)).isEqualTo(" Hello .| I should|end_turn");
        assertThat(text("responses.sse", Dialect.OPENAI_RESPONSES)).isEqualTo("Hello ! I am||completed");
        assertThat(text("ollama-chat.ndjson", Dialect.OLLAMA_CHAT)).isEqualTo("Hi|Let|stop");
        assertThat(text("ollama-generate.ndjson", Dialect.OLLAMA_GENERATE)).isEqualTo("Hi|Let|length");
    }

    private static String text(String name, Dialect dialect) throws IOException {
        ReplyReader reader = ReplyReader.of(dialect);
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        StringBuilder finish = new StringBuilder();
        for (Frame frame : Recorded.frames(name, dialect)) {
            AnswerFrame answer = reader.answer(frame);
            text.append(answer.text());
            reasoning.append(answer.reasoning());
            finish.append(answer.finish());
            assertThat(answer.raw()).isEqualTo(new String(frame.data(), UTF_8));
        }
        return text + "|" + reasoning + "|" + finish;
    }

    private static String signs(String name, Dialect dialect, boolean committed) throws IOException {
        ReplyReader reader = ReplyReader.of(dialect);
        if (committed) {
            reader.committed();
        }
        return Recorded.frames(name, dialect).stream()
                .map(reader::read)
                .map(signal -> sign(signal, committed))
                .collect(Collectors.joining());
    }

    /** After the commit nobody asks for content, so it may be told or not. */
    private static String sign(Signal signal, boolean committed) {
        if (signal.error().isPresent()) {
            return "x";
        }
        if (signal.finish()) {
            return signal.end() ? "*" : "f";
        }
        if (signal.end() || signal.usageOnly()) {
            return signal.end() ? "e" : "u";
        }
        return signal.content() && !committed ? "c" : "-";
    }

    private static Dialect dialect(String id) {
        return Dialect.KNOWN.stream()
                .filter(dialect -> dialect.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
