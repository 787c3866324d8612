package dev.signalbox.server.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What may be said, as help writes it. */
final class Usage {

    private static final int WIDTH = 100;

    private Usage() {}

    /** All commands. */
    static String of(Program program) {
        List<List<String>> rows = program.shown()
                .map(command -> List.of(command.name(), command.doc()))
                .toList();
        return """
                Usage: %s COMMAND [OPTION]…
                %s

                Commands:
                %s
                "%s COMMAND --help" says what may follow a command, "%s --version" which version this is.
                """.formatted(program.name(), program.doc(), table(rows), program.name(), program.name());
    }

    /** One command. */
    static String of(Program program, Command command) {
        String positions = command.arguments().stream()
                .filter(argument -> argument.kind() == Argument.Kind.POSITION)
                .map(argument -> argument.option().required() ? " " + argument.shows() : " [" + argument.shows() + "]")
                .collect(Collectors.joining());
        List<List<String>> rows = command.arguments().stream()
                .map(argument -> List.of(argument.written(), sentence(argument)))
                .toList();
        return """
                Usage: %s %s [OPTION]…%s
                %s
                """.formatted(program.name(), command.name(), positions, command.doc())
                + (rows.isEmpty() ? "" : System.lineSeparator() + table(rows));
    }

    private static String sentence(Argument<?> argument) {
        String fallback = argument.option().shownDefault();
        boolean told = argument.kind() == Argument.Kind.FLAG || fallback.isEmpty() || fallback.equals("\"\"");
        return argument.option().doc()
                + (argument.option().required() ? " Required." : "")
                + (told ? "" : " Default: " + fallback + ".");
    }

    private static String table(List<List<String>> rows) {
        int first = rows.stream().mapToInt(row -> row.getFirst().length()).max().orElse(0);
        return rows.stream()
                .map(row -> row(row.getFirst(), first, row.getLast()))
                .collect(Collectors.joining());
    }

    private static String row(String name, int width, String text) {
        String indent = System.lineSeparator() + " ".repeat(width + 4);
        return "  " + name + " ".repeat(width - name.length() + 2)
                + String.join(indent, wrapped(text, WIDTH - width - 4))
                + System.lineSeparator();
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
