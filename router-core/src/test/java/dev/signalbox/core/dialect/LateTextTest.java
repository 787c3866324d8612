package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of a body that is too long to be decoded before somebody asks. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LateTextTest {

    private static ParsedRequest read(Dialect dialect, String json) throws Exception {
        return RequestReader.read(RouteRequest.of(dialect, Body.of(json)), new Readings(1 << 25, () -> true));
    }

    private static String text(Random random) {
        String[] texts = {
            "", "a", "é".repeat(500), "\\u00e9".repeat(170), "\\\"" + "b".repeat(1_000), "\\ud83d\\ude80", " a\\n"
        };
        String space = random.nextInt(3) == 0 ? " ".repeat(1_000) : "";
        return "\"" + texts[random.nextInt(texts.length)] + "\"" + space;
    }

    private static String part(Random random) {
        return random.nextBoolean()
                ? "{\"type\":\"text\",\"text\":" + text(random) + "}"
                : "{\"text\":" + text(random) + ",\"type\":\"text\"}";
    }

    private static String content(Random random) {
        return random.nextBoolean() ? text(random) : "[%s,%s]".formatted(part(random), part(random));
    }

    /** A user and a tool, or an assistant, as each dialect has them. */
    private static String conversation(Dialect dialect, Random random) {
        String user = "{\"role\":\"user\",\"content\":%s}".formatted(content(random));
        if (dialect.equals(Dialect.ANTHROPIC_MESSAGES)) {
            String result =
                    "{\"type\":\"tool_result\",\"tool_use_id\":\"1\",\"content\":%s}".formatted(content(random));
            return "\"messages\":[%s,{\"role\":\"user\",\"content\":[%s,%s]}]".formatted(user, result, part(random));
        }
        String name = dialect.equals(Dialect.OPENAI_RESPONSES) ? "input" : "messages";
        return "\"%s\":[%s,{\"role\":\"assistant\",\"content\":%s}]".formatted(name, user, content(random));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai.chat", "anthropic.messages", "openai.responses", "ollama.chat"})
    void what_is_decoded_late_is_what_is_decoded_at_once(String id) throws Exception {
        Dialect dialect = Dialect.KNOWN.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        for (long seed = 0; seed < 300; seed++) {
            String said = conversation(dialect, new Random(seed));
            if (said.getBytes(UTF_8).length < 8_000) {
                ParsedRequest early = read(dialect, "{" + said + "}");
                ParsedRequest late = read(dialect, "{\"user\":\"%s\",%s}".formatted("x".repeat(10_000), said));

                assertThat(late.lastUserText()).as("seed %d", seed).isEqualTo(early.lastUserText());
                assertThat(late.messages()).as("seed %d", seed).isEqualTo(early.messages());
                assertThat(late.wholeText()).as("seed %d", seed).isEqualTo(early.wholeText());
            }
        }
    }
}
