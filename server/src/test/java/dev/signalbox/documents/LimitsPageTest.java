package dev.signalbox.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.frame.Framing;
import dev.signalbox.core.body.Spool;
import dev.signalbox.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The page that states all bounds together says what the options and the code say. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LimitsPageTest {

    private static final Path GUIDE = Path.of("../docs/guide");
    private static final Pattern ROW = Pattern.compile("\\| [^|]+ \\| ([^|]+) \\| `([a-zA-Z.-]+)` \\|[^|]+\\|");

    @Test
    void every_option_is_there_and_has_that_default() throws Exception {
        List<String> defaults = Files.readAllLines(GUIDE.resolve("configuration.md"));
        List<String> options = new ArrayList<>();
        for (String line : page()) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && row.group(1).matches("[0-9].*")) {
                options.add(row.group(2));
                String name = row.group(2).substring(row.group(2).lastIndexOf('.') + 1);
                assertThat(defaults)
                        .as(line)
                        .anyMatch(option -> option.matches(
                                "\\| `([a-z.]+\\.)?%s` \\|.*\\| `%s` \\|.*".formatted(name, asWritten(row.group(1)))));
            }
        }
        assertThat(options).hasSizeGreaterThan(7);
    }

    /** {@code 60 s} is written {@code 1m}, {@code 8,192} without a comma, {@code 500, of 200 steps each} begins with it. */
    private static String asWritten(String shown) {
        Matcher amount =
                Pattern.compile("([0-9]+(?:,[0-9]{3})*) ?(MiB|s|min)?.*").matcher(shown);
        assertThat(amount.matches()).as(shown).isTrue();
        String number = amount.group(1).replace(",", "");
        return switch (String.valueOf(amount.group(2))) {
            case "s" -> Integer.parseInt(number) % 60 == 0 ? Integer.parseInt(number) / 60 + "m" : number + "s";
            case "min" -> number + "m";
            case "MiB" -> number + "MiB";
            default -> number;
        };
    }

    @Test
    void what_no_option_changes_is_as_the_code_has_it() throws Exception {
        assertThat(page())
                .anyMatch(
                        line -> line.startsWith("| bodies in memory, each | %d MiB |".formatted(Spool.IN_MEMORY >> 20)))
                .anyMatch(line -> line.startsWith("| nesting of a body | %d deep |".formatted(Json.DEEPEST)))
                .anyMatch(line ->
                        line.startsWith("| a frame of a stream | %d MiB |".formatted(Framing.DEFAULT_LIMIT >> 20)));
    }

    private static List<String> page() throws IOException {
        return Files.readAllLines(GUIDE.resolve("limits.md"));
    }
}
