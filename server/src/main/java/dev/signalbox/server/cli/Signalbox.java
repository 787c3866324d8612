package dev.signalbox.server.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command line. */
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
            ExplainCommand.class,
            TraceCommand.class,
            InitCommand.class,
            VersionCommand.class,
            WarmUpCommand.class,
            RehearseCommand.class
        })
public final class Signalbox {

    /** For picocli; {@link #line} makes one that is ready to use. */
    Signalbox() {}

    /** The command line, writing results to one place and everything else to another. */
    public static CommandLine line(PrintStream results, PrintStream messages) {
        CommandLine line = new CommandLine(new Signalbox());
        line.setOut(new PrintWriter(results, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(messages, true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler(Trouble::told);
        return line;
    }
}
