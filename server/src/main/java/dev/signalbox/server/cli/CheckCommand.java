package dev.signalbox.server.cli;

import dev.signalbox.core.Configuration;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.Remark;
import dev.signalbox.core.Remark.Weight;
import dev.signalbox.server.listen.Listening;
import dev.signalbox.server.listen.ListeningReader;
import dev.signalbox.server.listen.ListeningReader.Overrides;
import dev.signalbox.spi.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells everything that is wrong with a configuration, and what in it does not do what it says. Opens nothing. */
@Command(
        name = "check",
        description =
                "Tells everything that is wrong with the configuration, exit code 1 if anything is, and warns of what"
                        + " can be used and does not do what it says.")
final class CheckCommand implements Callable<Integer> {

    @Option(names = "--config", description = "The configuration.", paramLabel = "FILE", defaultValue = "")
    private String config = "";

    @Option(names = "--strict", description = "Exit code 1 for warnings, too; never for notes.")
    private boolean strict;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Supplier<Plugins> found;

    /** One that knows these plugins. */
    CheckCommand(Supplier<Plugins> found) {
        this.found = found;
    }

    /** The one of this process. */
    CheckCommand() {
        this(PluginsFolder::discovered);
    }

    @Override
    public Integer call() {
        Path file = ConfigFiles.ofProcess().need(config);
        Plugins plugins = found.get();
        Configuration configuration = Configuration.read(file);
        Problems problems = new Problems();
        Listening listening = new ListeningReader(problems).read(configuration, Overrides.NONE);
        configuration.rehearse(plugins, problems);
        new OwnAddress(listening).check(configuration, plugins, problems);
        problems.throwIfAny();
        List<String> broken = plugins.broken();
        broken.forEach(each -> spec.commandLine().getErr().println("Warning: " + each));
        List<Remark> remarks = configuration.remarks(plugins);
        remarks.forEach(this::tell);
        boolean warned = !broken.isEmpty() || remarks.stream().anyMatch(each -> each.weight() == Weight.WARNING);
        if (strict && warned) {
            return 1;
        }
        spec.commandLine().getOut().println(file + (warned ? " can be used." : " is right."));
        return 0;
    }

    private void tell(Remark remark) {
        String weight = remark.weight() == Weight.WARNING ? "Warning" : "Note";
        spec.commandLine().getErr().println("%s: %s%n    %s".formatted(weight, remark.where(), remark.message()));
    }
}
