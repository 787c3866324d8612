package dev.signalbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a run has found, as Markdown.
 *
 * @param measured the name of what was measured
 * @param about what it was measured on, and how
 */
record Report(String measured, List<String> about, List<Row> rows) {
    static final Path PAGE = Path.of("docs", "performance.md");
    static final String BEGIN = "<!-- bench:begin, written by bench/run --write -->";
    static final String END = "<!-- bench:end -->";

    Report {
        about = List.copyOf(about);
        rows = List.copyOf(rows);
    }

    boolean passed() {
        return rows.stream().noneMatch(row -> row.verdict().failed());
    }

    String markdown() {
        String lines = rows.stream().map(Row::markdown).collect(Collectors.joining("\n"));
        return """
               | | direct | nginx | %s | compared | target | |
               |---|--:|--:|--:|--:|--:|---|
               %s

               %s
               """.formatted(measured, lines, about.stream().map("* "::concat).collect(Collectors.joining("\n")));
    }

    /**
     * Puts the report between the markers of a page, in place of what stands there.
     *
     * @throws BenchException if the page does not have both markers, in order
     */
    void write(Path page) throws IOException {
        Files.writeString(page, into(Files.readString(page)));
    }

    String into(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new BenchException("the page does not have the lines \"" + BEGIN + "\" and \"" + END + "\"");
        }
        return page.substring(0, begin + BEGIN.length()) + "\n\n" + markdown() + "\n" + page.substring(end);
    }
}
