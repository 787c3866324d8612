package dev.signalbox.server.command;

import dev.signalbox.spi.Near;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A program that is asked by words: a command and what follows it. */
public final class CommandLine {

    private static final int NOT_DONE = 1;
    private static final int NOT_UNDERSTOOD = 2;

    private static final Set<String> HELP = Set.of("--help", "-h");
    private static final Set<String> VERSION = Set.of("--version", "-V");

    private final Program program;
    private final Console console;
    private final Function<Exception, String> words;

    /**
     * A program that writes to a console.
     *
     * @param words what to say when a command could not do what it was asked
     */
    public CommandLine(Program program, Console console, Function<Exception, String> words) {
        this.program = program;
        this.console = console;
        this.words = words;
    }

    /** Does what the words ask for; gives 0 if that was done, 1 if it could not be, 2 if it was not understood. */
    public int execute(String... line) {
        try {
            return execute(Arrays.asList(line));
        } catch (Misunderstood wrong) {
            console.err().println(wrong.getMessage());
            console.err().println("\"%s --help\" says what is understood.".formatted(program.name()));
            return NOT_UNDERSTOOD;
        }
    }

    private int execute(List<String> line) {
        if (line.isEmpty()) {
            console.err().print(Usage.of(program));
            console.err().flush();
            return NOT_UNDERSTOOD;
        }
        String first = line.getFirst();
        if (HELP.contains(first)) {
            return print(Usage.of(program));
        }
        if (VERSION.contains(first)) {
            return print("%s %s%n".formatted(program.name(), program.version().get()));
        }
        return execute(named(first), line.subList(1, line.size()));
    }

    private int execute(Command command, List<String> words) {
        if (words.stream().takeWhile(word -> !word.equals("--")).anyMatch(HELP::contains)) {
            return print(Usage.of(program, command));
        }
        return run(command, Words.read(command, words));
    }

    private int run(Command command, Given given) {
        try {
            return command.run(given, console);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return NOT_DONE;
        } catch (RuntimeException failure) {
            console.err().println(words.apply(failure));
            return NOT_DONE;
        }
    }

    private Command named(String name) {
        Optional<Command> named = program.commands().stream()
                .filter(command -> command.name().equals(name))
                .findFirst();
        return named.orElseThrow(() -> new Misunderstood("%s is not a command. %s"
                .formatted(
                        name.startsWith("-") ? name : "\"" + name + "\"",
                        Near.hint(name, program.shown().map(Command::name).toList()))));
    }

    private int print(String text) {
        console.out().print(text);
        console.out().flush();
        return 0;
    }
}
