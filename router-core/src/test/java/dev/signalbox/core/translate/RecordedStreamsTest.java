package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.ANTHROPIC_MESSAGES;
import static dev.signalbox.api.Dialect.OLLAMA_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_RESPONSES;
import static dev.signalbox.core.translate.Finish.Reason.END;
import static dev.signalbox.core.translate.Finish.Reason.LENGTH;
import static dev.signalbox.core.translate.Finish.Reason.TOOLS;
import static dev.signalbox.core.translate.Recording.GREET;
import static dev.signalbox.core.translate.Recording.HELLO;
import static dev.signalbox.core.translate.Recording.LOOK;
import static dev.signalbox.core.translate.Recording.MLX;
import static dev.signalbox.core.translate.Recording.THOUGHT;
import static dev.signalbox.core.translate.Recording.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Frame;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams as model servers sent them, each told to a client of every dialect. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RecordedStreamsTest {

    private static final List<Recording> ALL = List.of(
            of("llama-chat.sse", OPENAI_CHAT, HELLO, "", 0, 0, END),
            of("llama-chat-usage.sse", OPENAI_CHAT, HELLO, "", 92, 26, END),
            of("llama-chat-progress.sse", OPENAI_CHAT, "Hello ! I am", "", 0, 0, LENGTH),
            of("llama-chat-cut.sse", OPENAI_CHAT, "Hello ! I", "", 0, 0, LENGTH),
            of("llama-chat-pings.sse", OPENAI_CHAT, " numbers", "", 0, 0, LENGTH),
            of("llama-chat-tools.sse", OPENAI_CHAT, LOOK, "", 0, 0, TOOLS),
            of("llama-chat-thinking.sse", OPENAI_CHAT, THOUGHT, GREET, 0, 0, END),
            of("llama-messages.sse", ANTHROPIC_MESSAGES, HELLO, "", 92, 26, END),
            of("llama-messages-cut.sse", ANTHROPIC_MESSAGES, "p\u0006", "", 2221, 2, LENGTH),
            of("llama-messages-tools.sse", ANTHROPIC_MESSAGES, LOOK, "", 610, 15, TOOLS),
            of("llama-messages-thinking.sse", ANTHROPIC_MESSAGES, THOUGHT, GREET, 29, 20, END),
            of("llama-responses.sse", OPENAI_RESPONSES, "Hello ! I am", "", 92, 4, END),
            of("llama-responses-tools.sse", OPENAI_RESPONSES, LOOK, "", 608, 15, TOOLS),
            of("mlx-chat-usage.sse", OPENAI_CHAT, MLX, "", 4, 8, END),
            of("mlx-chat-tools.sse", OPENAI_CHAT, "Calling a tool", "", 0, 0, TOOLS),
            of("mlx-chat-thinking.sse", OPENAI_CHAT, MLX, "hm ok", 0, 0, END),
            of("transformers-chat.sse", OPENAI_CHAT, "\ufffd am router\ufffdĽ\ufffd router", "", 12, 8, LENGTH),
            of("transformers-responses.sse", OPENAI_RESPONSES, "\ufffd am router", "", 12, 4, END),
            of("ollama-chat.ndjson", OLLAMA_CHAT, "Hi", "Let", 26, 12, TOOLS));

    static Stream<Arguments> told() {
        return Recording.told(ALL);
    }

    @ParameterizedTest(name = "{0} to {2}")
    @MethodSource("told")
    void says_the_same_by_the_rules_of_the_client(String file, Recording recording, Dialect client) throws Exception {
        for (int pieces : new int[] {1, 100, 1 << 20}) {
            List<Frame> heard = Words.heard(Recording.bytes(file), recording.dialect(), client, asked(client), pieces);
            Rules.check(heard, client);
            assertThat(Heard.of(heard, client)).isEqualTo(recording.heardBy(client));
        }
    }

    private static String asked(Dialect client) {
        return Recording.asked(client, "'stream':true,'stream_options':{'include_usage':true}");
    }
}
