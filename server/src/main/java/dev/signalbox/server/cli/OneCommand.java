package dev.signalbox.server.cli;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * A command line that looks at the command it is asked for, and at the others only if somebody wants to know what there
 * is: to look at one takes some milliseconds, which are those of every start. Any other word asks the running
 * server for the report of that name.
 */
final class OneCommand extends CommandLine {

    private static final SequencedMap<String, Supplier<Callable<Integer>>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put(ServeCommand.NAME, ServeCommand::new);
        COMMANDS.put("check", CheckCommand::new);
        COMMANDS.put("targets", TargetsCommand::new);
        COMMANDS.put("explain", ExplainCommand::new);
        COMMANDS.put("trace", TraceCommand::new);
        COMMANDS.put("init", InitCommand::new);
        COMMANDS.put("version", VersionCommand::new);
        COMMANDS.put("warm-up", WarmUpCommand::new);
        COMMANDS.put(RehearseCommand.NAME, RehearseCommand::new);
    }

    OneCommand(Signalbox root) {
        super(root);
    }

    @Override
    public ParseResult parseArgs(String... words) {
        if (words.length > 0 && COMMANDS.containsKey(words[0])) {
            add(words[0]);
        } else if (words.length > 0 && ReportCommand.mayBeCalled(words[0])) {
            add(words[0], new ReportCommand(words[0], COMMANDS.keySet()));
        } else {
            COMMANDS.keySet().forEach(this::add);
        }
        return super.parseArgs(words);
    }

    private void add(String name) {
        if (!getSubcommands().containsKey(name)) {
            add(name, Objects.requireNonNull(COMMANDS.get(name)).get());
        }
    }

    private void add(String name, Callable<Integer> does) {
        CommandLine command = new CommandLine(does);
        addSubcommand(name, command);
        // what was set before does not reach what comes later
        command.setOut(getOut()).setErr(getErr()).setExecutionExceptionHandler(getExecutionExceptionHandler());
    }
}
