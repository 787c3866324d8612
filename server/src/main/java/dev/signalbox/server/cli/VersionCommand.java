package dev.signalbox.server.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the version. */
@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().getOut().println("signalbox " + version());
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

    /** For {@code --version}. */
    static final class Provider implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"signalbox " + version()};
        }
    }
}
