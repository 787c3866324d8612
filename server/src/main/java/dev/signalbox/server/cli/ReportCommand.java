package dev.signalbox.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.spi.Near;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what a plugin of the running server shows under the name of this command, whatever that is. */
@Command(description = "Prints what the running server reports under that name.")
final class ReportCommand implements Callable<Integer> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    private final String name;
    private final Collection<String> commands;

    @Mixin
    private RunningServer server = new RunningServer();

    @Option(names = "--json", description = "Prints JSON instead of text.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * For a word that is none of the commands.
     *
     * @param commands what may have been meant if there is no such report
     */
    ReportCommand(String name, Collection<String> commands) {
        this.name = name;
        this.commands = commands;
    }

    /** Whether a word can be a report's name. */
    static boolean mayBeCalled(String word) {
        return NAME.matcher(word).matches();
    }

    @Override
    public Integer call() throws InterruptedException {
        String answer;
        try {
            answer = server.get("/signalbox/reports/" + name);
        } catch (Trouble trouble) {
            return misunderstood(trouble);
        }
        JsonNode content = Answers.read(answer, "content").path("content");
        spec.commandLine().getOut().println(json ? content.toString() : ReportText.of(content));
        return CommandLine.ExitCode.OK;
    }

    /** It may be a slip in a command, or a report that is not there. */
    private int misunderstood(Trouble trouble) {
        if (Near.names(name, commands).isEmpty()) {
            throw new Trouble(
                    "\"%s\" is no command, and no report could be had.%n%s".formatted(name, trouble.getMessage()));
        }
        spec.commandLine()
                .getErr()
                .println("\"%s\" is no command. %s%nNor could a report of that name be had. %s"
                        .formatted(name, Near.hint(name, commands), trouble.getMessage()));
        return CommandLine.ExitCode.USAGE;
    }
}
