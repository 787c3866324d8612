package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.ANTHROPIC_MESSAGES;
import static dev.signalbox.api.Dialect.OLLAMA_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_CHAT;
import static dev.signalbox.api.Dialect.OPENAI_RESPONSES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One request of each dialect with every word that its documents define, also those that nobody makes up by chance. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EverythingTest {

    private static final ObjectMapper SORTED =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    static Stream<Dialect> dialects() {
        return Stream.of(OPENAI_CHAT, ANTHROPIC_MESSAGES, OPENAI_RESPONSES, OLLAMA_CHAT);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void is_the_same_when_it_is_said_again(Dialect dialect) throws Exception {
        JsonNode request = request(dialect);

        Words.Said again = Words.said(request, dialect, dialect, Manner.USUAL);

        assertThat(text(again.body())).isEqualTo(text(request));
        assertThat(again.lost()).isEmpty();
    }

    static Stream<Arguments> pairs() throws IOException {
        return new String(resource("lost.txt"), UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" (to|loses) ", -1))
                .map(line -> Arguments.of(line[0], line[1], line[2]));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void loses_what_the_other_has_no_words_for_and_says_so(String from, String to, String lost) throws Exception {
        Words.Said said =
                Words.said(request(Words.dialect(from)), Words.dialect(from), Words.dialect(to), Manner.USUAL);

        assertThat(String.join(", ", said.lost())).isEqualTo(lost);
    }

    private static JsonNode request(Dialect dialect) throws IOException {
        return Words.again(Json.exact(resource(dialect.id() + ".json")));
    }

    private static byte[] resource(String name) throws IOException {
        String file = "everything/" + name;
        try (InputStream in = Objects.requireNonNull(EverythingTest.class.getResourceAsStream(file), file)) {
            return in.readAllBytes();
        }
    }

    /** Readable, and in one order of members. */
    private static String text(JsonNode node) throws Exception {
        return SORTED.writerWithDefaultPrettyPrinter().writeValueAsString(SORTED.treeToValue(node, Object.class));
    }
}
