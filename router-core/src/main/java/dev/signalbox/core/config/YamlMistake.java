package dev.signalbox.core.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * A mistake in the syntax of a YAML text, in words for somebody who does not know the parser's.
 *
 * @param line where it was noticed, from 1
 * @param message the column, what was seen and what to do
 */
record YamlMistake(int line, String message) {

    /** What the parser says, and what that usually means; the first that fits. */
    private record Hint(Pattern said, String meaning) {
        Hint(String said, String meaning) {
            this(Pattern.compile(said, Pattern.DOTALL), meaning);
        }
    }

    private static final List<Hint> HINTS = List.of(
            new Hint("alias", "a value that begins with a star is to be quoted: \"*-coder\""),
            new Hint("anchor", "a value that begins with & is to be quoted"),
            new Hint("TAB", "a tab; YAML is indented with spaces only"),
            new Hint("cannot start any token", "a value that begins with @, ` or % is to be quoted"),
            new Hint("scanning a block scalar", "a value that begins with > or | is to be quoted: \">= 0.3\""),
            new Hint("but got \\{", "inside { } a value with ${NAME} is to be quoted: \"${NAME}\""),
            new Hint("flow sequence", "a list that began with [ is not closed with ], or a comma is missing"),
            new Hint("flow mapping", "a table that began with { is not closed with }, or a comma is missing"),
            new Hint(
                    "mapping values",
                    "a second \": \" in one line. Put the value in quotes, or look at the indentation"),
            new Hint("could not find expected ':'", "a line that is neither \"key: value\" nor an item \"- value\""),
            new Hint("unexpected end of stream", "a quote that is not closed"),
            new Hint("unknown escape", "a backslash that means nothing here. Use single quotes, or write \\\\"),
            new Hint("expected <block end>", "the indentation does not fit the lines above"),
            new Hint("did not find|expected the node content", "a value is missing or does not belong here"));

    static YamlMistake of(YAMLException wrong, String text) {
        return switch (wrong) {
            case MarkedYAMLException marked -> of(marked);
            case ReaderException reader -> of(reader, text);
            default -> new YamlMistake(0, "not YAML: " + wrong.getMessage());
        };
    }

    private static YamlMistake of(MarkedYAMLException wrong) {
        String said = told(wrong.getContext()) + " " + told(wrong.getProblem());
        String meaning = HINTS.stream()
                .filter(hint -> hint.said().matcher(said).find())
                .map(Hint::meaning)
                .findFirst()
                .orElse(said.strip());
        Optional<Mark> at = Optional.ofNullable(wrong.getProblemMark());
        return new YamlMistake(
                at.map(Mark::getLine).orElse(-1) + 1,
                "column %d: %s%s".formatted(at.map(Mark::getColumn).orElse(0) + 1, meaning, began(wrong)));
    }

    /** Where the thing began that is not right, if that was in an earlier line. */
    private static String began(MarkedYAMLException wrong) {
        Mark began = wrong.getContextMark();
        Mark noticed = wrong.getProblemMark();
        return began == null || noticed == null || began.getLine() == noticed.getLine()
                ? ""
                : "; it began in line %d".formatted(began.getLine() + 1);
    }

    private static YamlMistake of(ReaderException wrong, String text) {
        String before = text.substring(0, text.offsetByCodePoints(0, Math.min(wrong.getPosition(), text.length())));
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int column = before.length() - before.lastIndexOf('\n');
        return new YamlMistake(
                line, "column %d: the character U+%04X may not be in YAML".formatted(column, wrong.getCodePoint()));
    }

    private static String told(@Nullable String said) {
        return said == null ? "" : said;
    }
}
