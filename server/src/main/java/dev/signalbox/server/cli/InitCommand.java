package dev.signalbox.server.cli;

import dev.signalbox.core.Plugins;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.ConfigurationException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a configuration from what is found on this machine. */
@Command(name = "init", description = "Writes a commented configuration from what it finds on this machine.")
final class InitCommand implements Callable<Integer> {

    @Option(
            names = "--output",
            description = "Where to write it; to standard output if not said. Nothing is ever overwritten.",
            paramLabel = "FILE",
            defaultValue = "")
    private String output = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Supplier<Plugins> plugins;
    private final UsualPlaces places;

    /** One that looks there for servers of these types. */
    InitCommand(Supplier<Plugins> plugins, UsualPlaces places) {
        this.plugins = plugins;
        this.places = places;
    }

    /** For picocli, which fills in the rest. */
    InitCommand() {
        this(PluginsFolder::discovered, UsualPlaces.OF_THIS_MACHINE);
    }

    @Override
    public Integer call() throws InterruptedException {
        Plugins all = plugins.get();
        all.broken().forEach(this::warn);
        Sieve sieve = new Sieve(all, this::warn);
        FoundConfiguration found = FoundConfiguration.of(new Discoverer(all, places, sieve).look(0));
        boolean nothing = found.backends().isEmpty();
        String target = nothing ? found.addDemo(all, sieve) : firstModel(found, all);
        String text = StarterFile.of(found.backends(), target, nothing, all.types(BackendFactory.class));
        if (output.isEmpty()) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
        } else {
            write(Path.of(output), text);
            spec.commandLine()
                    .getErr()
                    .println("Wrote " + output + ". \"signalbox check --config " + output + "\" checks it.");
        }
        return 0;
    }

    /** Empty if a plugin keeps a router from being made: what was found is written all the same. */
    private String firstModel(FoundConfiguration found, Plugins all) throws InterruptedException {
        try {
            return FirstModel.of(found, all);
        } catch (ConfigurationException wrong) {
            wrong.problems().forEach(problem -> warn(problem.where() + ": " + problem.message()));
            return "";
        }
    }

    private void warn(String warning) {
        spec.commandLine().getErr().println("Warning: " + warning);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException there) {
            throw new Trouble(
                    "%s is there already and is not overwritten. Name another file with --output.".formatted(file));
        } catch (IOException failure) {
            throw new Trouble("%s cannot be written: %s".formatted(file, failure));
        }
    }
}
