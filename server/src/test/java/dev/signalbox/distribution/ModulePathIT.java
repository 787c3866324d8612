package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All jars of the distribution are modules, and the server is one that finds its plugins among them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ModulePathIT {

    @TempDir
    private Path folder;

    @Test
    void starts_answers_and_knows_its_version_as_a_module() throws Exception {
        Distribution signalbox = Distribution.unpackedIn(folder);
        Path file = signalbox.configured("{ backends: { own: { type: echo } }, default: own/demo }");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                signalbox.home().resolve("lib").toString(),
                "--module",
                "dev.signalbox.server/dev.signalbox.server.Main",
                "serve",
                "--config",
                file.toString(),
                "--port",
                "0");

        try (RunningServer server = signalbox.start(command)) {
            assertThat(server.chat("auto", "as a module").body()).contains("as a module");
            assertThat(server.err()).doesNotContain("unpackaged").doesNotContainIgnoringCase("warn");
            server.terminate();
            assertThat(server.exitCode()).isZero();
        }
    }
}
