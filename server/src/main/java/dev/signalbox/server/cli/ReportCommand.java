package dev.signalbox.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.spi.Near;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
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

    @Mixin
    private RunningServer server = new RunningServer();

    @Option(names = "--json", description = "Prints JSON instead of text.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ReportCommand(String name) {
        this.name = name;
    }

    /** Whether a word can be a report's name: what is like a command is a slip. */
    static boolean mayBeCalled(String word, Collection<String> commands) {
        return NAME.matcher(word).matches() && Near.names(word, commands).isEmpty();
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode content = Answers.read(answer(), "content").path("content");
        spec.commandLine().getOut().println(json ? content.toString() : ReportText.of(content));
        return 0;
    }

    private String answer() throws InterruptedException {
        try {
            return server.get("/signalbox/reports/" + name);
        } catch (Trouble trouble) {
            throw new Trouble(
                    "\"%s\" is no command, and no report could be had.%n%s".formatted(name, trouble.getMessage()));
        }
    }
}
