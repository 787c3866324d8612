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

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as model servers sent them in one, each told to a client of every dialect. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RecordedAnswersTest {

    private static final List<Recording> ALL = List.of(
            of("llama-chat.json", OPENAI_CHAT, HELLO, "", 92, 26, END),
            of("llama-chat-cut.json", OPENAI_CHAT, "Hello ! I", "", 92, 3, LENGTH),
            of("llama-chat-tools.json", OPENAI_CHAT, LOOK, "", 610, 15, TOOLS),
            of("llama-chat-schema.json", OPENAI_CHAT, "{\"ok\" :\nfalse }", "", 92, 16, END),
            of("llama-chat-logprobs.json", OPENAI_CHAT, "Hello !", "", 92, 2, LENGTH),
            of("llama-chat-two.json", OPENAI_CHAT, "Hello ! I", "", 92, 3, LENGTH),
            of("llama-chat-thinking.json", OPENAI_CHAT, THOUGHT, GREET, 29, 20, END),
            of("llama-messages.json", ANTHROPIC_MESSAGES, HELLO, "", 92, 26, END),
            of("llama-messages-tools.json", ANTHROPIC_MESSAGES, LOOK, "", 610, 15, TOOLS),
            of("llama-messages-thinking.json", ANTHROPIC_MESSAGES, THOUGHT, GREET, 29, 20, END),
            of("llama-messages-unlimited.json", ANTHROPIC_MESSAGES, HELLO, "", 92, 26, END),
            of("llama-responses.json", OPENAI_RESPONSES, HELLO, "", 92, 26, END),
            of("mlx-chat.json", OPENAI_CHAT, MLX, "", 4, 8, END),
            of("mlx-chat-cut.json", OPENAI_CHAT, "Hello from", "", 4, 3, LENGTH),
            of("mlx-chat-tools.json", OPENAI_CHAT, "Calling a tool", "", 4, 7, TOOLS),
            of("transformers-chat.json", OPENAI_CHAT, "\ufffd am router\ufffdĽ\ufffd router", "", 12, 8, LENGTH),
            of("ollama-chat.json", OLLAMA_CHAT, "Hi", "Let", 26, 12, TOOLS));

    static Stream<Arguments> told() {
        return Recording.told(ALL);
    }

    @ParameterizedTest(name = "{0} to {2}")
    @MethodSource("told")
    void says_the_same(String file, Recording recording, Dialect client) throws Exception {
        JsonNode told = Words.whole(read(file), recording.dialect(), client, asked(client));

        assertThat(Heard.whole(told, client)).isEqualTo(recording.heardBy(client));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai.chat /choices/0/logprobs/content",
                "openai.responses /output/0/content/0/logprobs",
                "ollama.chat /logprobs"
            })
    void probabilities_are_told_where_there_is_a_place_for_them(String place) throws Exception {
        Dialect dialect = Words.dialect(place.split(" ")[0]);

        assertThat(Words.whole(read("llama-chat-logprobs.json"), OPENAI_CHAT, dialect, asked(dialect))
                        .at(place.split(" ")[1]))
                .extracting(token -> token.path("token").asText())
                .containsExactly("Hello", " !");
    }

    private static String asked(Dialect client) {
        return Recording.asked(client, "'logprobs':true");
    }

    private static JsonNode read(String file) throws IOException {
        return Json.exact(Recording.bytes(file));
    }
}
