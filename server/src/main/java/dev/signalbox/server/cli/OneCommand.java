package dev.signalbox.server.cli;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command line that looks at the command it is asked for, and at the others only if somebody wants to know what there
 * is: to look at one takes some milliseconds, which are those of every start. Any other word asks the running
 * server for the report of that name.
 */
final class OneCommand extends CommandLine {

    private final SequencedMap<String, Supplier<?>> commands = new LinkedHashMap<>();

    /**
     * A command line that knows what there is to be done.
     *
     * @param serve gives what serves, when it is asked for
     */
    OneCommand(CommandSpec root, Supplier<ServeCommand> serve) {
        super(root);
        commands.put(ServeCommand.NAME, () -> serve.get().spec());
        commands.put("check", CheckCommand::new);
        commands.put("targets", TargetsCommand::new);
        commands.put("explain", ExplainCommand::new);
        commands.put("trace", TraceCommand::new);
        commands.put("init", InitCommand::new);
        commands.put("version", VersionCommand::new);
        commands.put("warm-up", WarmUpCommand::new);
        commands.put(RehearseCommand.NAME, RehearseCommand::new);
    }

    @Override
    public ParseResult parseArgs(String... words) {
        if (words.length > 0 && commands.containsKey(words[0])) {
            add(words[0]);
        } else if (words.length > 0 && ReportCommand.mayBeCalled(words[0])) {
            add(words[0], new ReportCommand(words[0], commands.keySet()));
        } else {
            commands.keySet().forEach(this::add);
        }
        return super.parseArgs(words);
    }

    private void add(String name) {
        if (!getSubcommands().containsKey(name)) {
            add(name, Objects.requireNonNull(commands.get(name)).get());
        }
    }

    private void add(String name, Object does) {
        CommandLine command = new CommandLine(does);
        addSubcommand(name, command);
        // what was set before does not reach what comes later
        command.setOut(getOut()).setErr(getErr()).setExecutionExceptionHandler(getExecutionExceptionHandler());
    }
}
