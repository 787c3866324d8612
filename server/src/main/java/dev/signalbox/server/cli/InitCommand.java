package dev.signalbox.server.cli;

import dev.signalbox.core.Plugins;
import dev.signalbox.server.command.Argument;
import dev.signalbox.server.command.Command;
import dev.signalbox.server.command.Console;
import dev.signalbox.server.command.Given;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Option;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes a configuration from what is found on this machine. */
final class InitCommand implements Command {

    private static final Argument<String> OUTPUT = Argument.named(
            Option.text("output")
                    .doc("Where to write it; to standard output if not said. Nothing is ever overwritten.")
                    .orElse(""),
            "FILE");

    private final UsualPlaces places;

    InitCommand(UsualPlaces places) {
        this.places = places;
    }

    /** For this machine. */
    InitCommand() {
        this(UsualPlaces.OF_THIS_MACHINE);
    }

    @Override
    public String name() {
        return "init";
    }

    @Override
    public String doc() {
        return "Writes a commented configuration from what it finds on this machine.";
    }

    @Override
    public List<Argument<?>> arguments() {
        return List.of(OUTPUT);
    }

    @Override
    public int run(Given given, Console console) throws InterruptedException {
        String output = given.get(OUTPUT);
        String text = text();
        if (output.isEmpty()) {
            console.out().print(text);
            console.out().flush();
        } else {
            write(Path.of(output), text);
            console.err().println("Wrote " + output + ". \"signalbox check --config " + output + "\" checks it.");
        }
        return 0;
    }

    private String text() throws InterruptedException {
        Plugins plugins = Plugins.discovered();
        FoundConfiguration found = FoundConfiguration.of(new Discoverer(plugins, places).look(0));
        boolean nothing = found.backends().isEmpty();
        String target = nothing ? found.addDemo(plugins) : FirstModel.of(found, plugins);
        return StarterFile.of(found.backends(), target, nothing, plugins.types(BackendFactory.class));
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
