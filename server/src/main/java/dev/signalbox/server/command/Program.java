package dev.signalbox.server.command;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A program that is asked by words.
 *
 * @param name what it is started by
 * @param doc what it does, in a sentence
 * @param version asked only by whoever wants to know
 * @param commands what it can do, in the order help shows
 */
public record Program(String name, String doc, Supplier<String> version, List<Command> commands) {

    /** Keeps the commands to itself. */
    public Program {
        commands = List.copyOf(commands);
    }

    /** The commands that help shows. */
    Stream<Command> shown() {
        return commands.stream().filter(command -> !command.hidden());
    }
}
