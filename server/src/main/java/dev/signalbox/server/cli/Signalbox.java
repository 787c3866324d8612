package dev.signalbox.server.cli;

import dev.signalbox.server.command.Command;
import dev.signalbox.server.command.CommandLine;
import dev.signalbox.server.command.Console;
import dev.signalbox.server.command.Program;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The command line. */
public final class Signalbox {

    private Signalbox() {}

    /** The command line, writing results to one place and everything else to another. */
    public static CommandLine line(PrintStream results, PrintStream messages) {
        Console console = new Console(
                new PrintWriter(results, true, StandardCharsets.UTF_8),
                new PrintWriter(messages, true, StandardCharsets.UTF_8));
        Program program =
                new Program("signalbox", "Decides which model server answers.", VersionCommand::version, commands());
        return new CommandLine(program, console, Trouble::words);
    }

    private static List<Command> commands() {
        return List.of(
                new ServeCommand(),
                new CheckCommand(),
                new TargetsCommand(),
                new ExplainCommand(),
                new TraceCommand(),
                new InitCommand(),
                new VersionCommand(),
                new WarmUpCommand(),
                new RehearseCommand());
    }
}
