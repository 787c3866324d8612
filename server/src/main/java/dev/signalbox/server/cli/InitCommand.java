package dev.signalbox.server.cli;

import dev.signalbox.core.Plugins;
import dev.signalbox.spi.BackendFactory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
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

    private final UsualPlaces places;

    InitCommand(UsualPlaces places) {
        this.places = places;
    }

    /** For picocli, which fills in the rest. */
    InitCommand() {
        this(UsualPlaces.OF_THIS_MACHINE);
    }

    @Override
    public Integer call() throws InterruptedException {
        Plugins plugins = Plugins.discovered();
        FoundConfiguration found = FoundConfiguration.of(new Discoverer(plugins, places).look(0));
        boolean nothing = found.backends().isEmpty();
        String target = nothing ? found.addDemo(plugins) : FirstModel.of(found, plugins);
        String text = StarterFile.of(found.backends(), target, nothing, plugins.types(BackendFactory.class));
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
