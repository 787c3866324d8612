package dev.signalbox.server.cli;

import dev.signalbox.core.Plugins;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The command line. */
public final class Signalbox {

    private Signalbox() {}

    /** Does what a process was started for; gives its exit code. */
    public static int run(String... words) {
        boolean serves = words.length > 0 && words[0].equals(ServeCommand.NAME);
        Supplier<Plugins> plugins = serves ? HeadStart.begin() : PluginsFolder::discovered;
        return line(System.out, System.err, () -> new ServeCommand(plugins)).execute(words);
    }

    /** The command line, writing results to one place and everything else to another. */
    public static CommandLine line(PrintStream results, PrintStream messages) {
        return line(results, messages, () -> new ServeCommand(PluginsFolder::discovered));
    }

    /** The same with another way to serve. */
    static CommandLine line(PrintStream results, PrintStream messages, Supplier<ServeCommand> serve) {
        CommandLine line = new OneCommand(root(), serve);
        line.setOut(new PrintWriter(results, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(messages, true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler(Trouble::told);
        return line;
    }

    /** In code, as what serves is: for each kind of annotation that is read Java makes a class, at every start. */
    private static CommandSpec root() {
        CommandSpec root = CommandSpec.create()
                .name("signalbox")
                .versionProvider(new VersionCommand.Provider())
                .scopeType(ScopeType.INHERIT)
                .addOption(help())
                .addOption(version())
                .addOption(cacheFolder())
                .addOption(noStartCache());
        root.usageMessage()
                .description(
                        "Decides which model server answers.",
                        "Any other word, such as \"signalbox memory\", prints the running server's report of that name.")
                .synopsisSubcommandLabel("COMMAND");
        return root;
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .scopeType(ScopeType.INHERIT)
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build();
    }

    private static OptionSpec version() {
        return OptionSpec.builder("-V", "--version")
                .scopeType(ScopeType.INHERIT)
                .versionHelp(true)
                .description("Print version information and exit.")
                .build();
    }

    /** Read by the start script, which acts on it before there is a JVM. */
    private static OptionSpec cacheFolder() {
        return OptionSpec.builder("--cache-dir")
                .scopeType(ScopeType.INHERIT)
                .type(String.class)
                .paramLabel("DIR")
                .description("Where to write what may be deleted at any time: what makes the next start faster, and"
                        + " bodies of requests that are too large for memory.")
                .build();
    }

    /** Read by the start script, too. */
    private static OptionSpec noStartCache() {
        return OptionSpec.builder("--no-start-cache")
                .scopeType(ScopeType.INHERIT)
                .description("Neither makes nor uses what makes starts faster.")
                .build();
    }
}
