package dev.signalbox.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LongTextTest {

    /** Everything that is read in a way of its own, and characters of one to four bytes at the ends of pieces. */
    private static final List<String> PARTS = List.of(
            "a",
            "plain words ",
            "\\n",
            "\\\\",
            "\\\"",
            "\\/",
            "\\u0041",
            "\\ud83d\\ude82",
            "\\u00e9",
            "é",
            "語",
            "🚂",
            "\\t\\b\\f\\r");

    @Test
    void reads_what_a_parser_reads() throws Exception {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            boolean latin = random.nextBoolean();
            List<String> strings = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                strings.add(any(random, latin));
            }
            String json = "[ " + String.join(" ,", strings) + "]";
            assertThat(read(json, strings)).as("seed %d", seed).isEqualTo(parsed(json));
        }
    }

    private static String any(Random random, boolean latin) {
        StringBuilder string = new StringBuilder("\"");
        int parts = random.nextInt(20_000);
        for (int i = 0; i < parts; i++) {
            string.append(PARTS.get(random.nextInt(latin ? 7 : PARTS.size())));
        }
        return string.append('"').toString();
    }

    /** All but the second one, which is passed over. */
    private static List<String> read(String json, List<String> strings) throws Exception {
        Body body = Body.of(json);
        List<String> read = new ArrayList<>();
        try (StringFinder finder = new StringFinder(body)) {
            long at = 2;
            for (int i = 0; i < strings.size(); i++) {
                if (i != 1) {
                    LongText text = finder.at(at);
                    LongText.Measure measure = text.measure(body);
                    read.add(text.read(body, measure));
                    assertThat(measure.chars()).isEqualTo(read.getLast().length());
                    assertThat(measure.wide()).isEqualTo(read.getLast().chars().anyMatch(c -> c > 0xFF));
                }
                at += strings.get(i).getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 2;
            }
        }
        return read;
    }

    private static List<String> parsed(String json) throws Exception {
        List<String> parsed = new ArrayList<>();
        Json.tree(json).forEach(each -> parsed.add(each.textValue()));
        parsed.remove(1);
        return parsed;
    }
}
