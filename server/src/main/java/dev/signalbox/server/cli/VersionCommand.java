package dev.signalbox.server.cli;

import dev.signalbox.server.command.Argument;
import dev.signalbox.server.command.Command;
import dev.signalbox.server.command.Console;
import dev.signalbox.server.command.Given;
import java.util.List;
import java.util.Optional;

/** Prints the version. */
final class VersionCommand implements Command {

    @Override
    public String name() {
        return "version";
    }

    @Override
    public String doc() {
        return "Prints the version.";
    }

    @Override
    public List<Argument<?>> arguments() {
        return List.of();
    }

    @Override
    public int run(Given given, Console console) {
        console.out().println("signalbox " + version());
        return 0;
    }

    /** The version this was packed as. */
    static String version() {
        Optional<String> packed =
                Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion());
        return packed.or(() -> Optional.ofNullable(
                                VersionCommand.class.getModule().getDescriptor())
                        .flatMap(descriptor -> descriptor.rawVersion()))
                .orElse("unpackaged");
    }
}
