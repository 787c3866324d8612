package dev.signalbox.server;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** Where the program begins. */
@Command(
        name = "signalbox",
        description = "Decides which model server answers.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        scope = ScopeType.INHERIT,
        subcommands = {
            ServeCommand.class,
            CheckCommand.class,
            TargetsCommand.class,
            InitCommand.class,
            VersionCommand.class
        })
public final class Main {

    private Main() {}

    /** Runs a command; ends the process with 0 if it did what it was asked, 1 if it could not, 2 if it was not understood. */
    public static void main(String[] arguments) {
        int code = line(System.out, System.err).execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** The command line, writing results to one place and everything else to another. */
    static CommandLine line(java.io.PrintStream results, java.io.PrintStream messages) {
        CommandLine line = new CommandLine(new Main());
        line.setOut(new PrintWriter(results, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(messages, true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler(Trouble::told);
        return line;
    }
}
