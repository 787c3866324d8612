package dev.signalbox.server.cli;

import dev.signalbox.core.Configuration;
import dev.signalbox.core.Plugins;
import dev.signalbox.server.listen.ListeningReader;
import dev.signalbox.server.listen.ListeningReader.Overrides;
import dev.signalbox.spi.Problems;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells everything that is wrong with a configuration. Opens nothing. */
@Command(
        name = "check",
        description = "Tells everything that is wrong with the configuration; exit code 1 if anything is.")
final class CheckCommand implements Callable<Integer> {

    @Option(names = "--config", description = "The configuration.", paramLabel = "FILE", defaultValue = "")
    private String config = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Path file = ConfigFiles.ofProcess().need(config);
        Plugins plugins = Plugins.discovered();
        Configuration configuration = Configuration.read(file);
        Problems problems = new Problems();
        new ListeningReader(problems).read(configuration, Overrides.NONE);
        configuration.check(plugins, problems);
        problems.throwIfAny();
        plugins.broken().forEach(broken -> spec.commandLine().getErr().println("Warning: " + broken));
        spec.commandLine().getOut().println(file + " is right.");
        return 0;
    }
}
