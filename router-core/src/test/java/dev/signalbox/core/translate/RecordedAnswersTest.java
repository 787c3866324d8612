package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.ANTHROPIC_MESSAGES;
import static dev.signalbox.api.Dialect.OLLAMA_CHAT;
import static dev.signalbox.api.Dialect.OLLAMA_GENERATE;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_RESPONSES;
import static dev.signalbox.core.translate.Finish.Reason.END;
import static dev.signalbox.core.translate.Finish.Reason.LENGTH;
import static dev.signalbox.core.translate.Finish.Reason.TOOLS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
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

    /** One of them, and what is in it. */
    private record Recorded(String file, Dialect dialect, Heard heard) {}

    private static final String HELLO =
            "Hello ! I am a real peer to talk with ; every word you read was sampled from one"
                    + " small table of numbers . Goodbye";
    private static final String LOOK = "Let me look at the weather for you .";
    private static final String WEATHER = "get_weather{\"city\":\"Paris\"}";
    private static final String GREET = " I should greet the user first !";
    private static final String THOUGHT = " Hello from a model that thinks before it talks .";

    private static final List<Recorded> ALL = List.of(
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
            of("mlx-chat.json", OPENAI_CHAT, "Hello from the MLX wire layer.", "", 4, 8, END),
            of("mlx-chat-cut.json", OPENAI_CHAT, "Hello from", "", 4, 3, LENGTH),
            of("mlx-chat-tools.json", OPENAI_CHAT, "Calling a tool", "", 4, 7, TOOLS),
            of("transformers-chat.json", OPENAI_CHAT, "\ufffd am router\ufffdĽ\ufffd router", "", 12, 8, LENGTH),
            of("ollama-chat.json", OLLAMA_CHAT, "Hi", "Let", 26, 12, TOOLS));

    private static Recorded of(
            String file, Dialect dialect, String text, String thought, long input, long output, Finish.Reason end) {
        List<String> calls = end == TOOLS ? List.of(WEATHER) : List.of();
        return new Recorded(file, dialect, new Heard(text, thought, calls, input, output, end));
    }

    static Stream<Arguments> told() {
        return ALL.stream()
                .flatMap(recorded -> Languages.asking().stream()
                        .map(Asking::dialect)
                        .map(client -> Arguments.of(recorded.file, recorded, client)));
    }

    @ParameterizedTest(name = "{0} to {2}")
    @MethodSource("told")
    void says_the_same(String file, Recorded recorded, Dialect client) throws Exception {
        JsonNode told = Words.whole(read(file), recorded.dialect, client, asked(client));

        assertThat(Heard.whole(told, client))
                .isEqualTo(client.equals(OLLAMA_GENERATE) ? recorded.heard.withoutCalls() : recorded.heard);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai.chat /choices/0/logprobs/content",
                "openai.responses /output/0/content/0/logprobs",
                "ollama.chat /logprobs"
            })
    void probabilities_are_told_where_there_is_a_place_for_them(String place) throws Exception {
        String client = place.split(" ")[0];
        Dialect dialect = Dialect.KNOWN.stream()
                .filter(each -> each.id().equals(client))
                .findFirst()
                .orElseThrow();

        assertThat(Words.whole(read("llama-chat-logprobs.json"), OPENAI_CHAT, dialect, asked(dialect))
                        .at(place.split(" ")[1]))
                .extracting(token -> token.path("token").asText())
                .containsExactly("Hello", " !");
    }

    private static String asked(Dialect client) {
        return client.equals(OLLAMA_GENERATE)
                ? "{'prompt':'Hi'}"
                : "{'messages':[{'role':'user','content':'Hi'}],'input':'Hi','max_tokens':1,'logprobs':true}";
    }

    private static JsonNode read(String file) throws IOException {
        String path = "recorded/" + file;
        try (InputStream in = Objects.requireNonNull(RecordedAnswersTest.class.getResourceAsStream(path), path)) {
            return Json.exact(in.readAllBytes());
        }
    }
}
