package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PluginsFolderIT {

    @TempDir
    private Path folder;

    @Test
    void a_jar_that_nothing_can_be_read_from_is_told_by_every_command_that_needs_plugins() throws Exception {
        Distribution signalbox = Distribution.unpackedIn(folder);
        Files.createFile(signalbox.home().resolve("plugins/gpu.jar"));
        String file = signalbox.configured("backends: { a: { type: echo } }").toString();

        assertThat(signalbox.run("check", "--config", file).err()).contains("Warning: plugins/gpu.jar cannot be read");
        try (RunningServer server = signalbox.serve("--config", file)) {
            assertThat(server.err()).contains("plugins/gpu.jar cannot be read as a jar");
        }
        Files.writeString(Path.of(file), "backends: { a: { type: gpu } }");
        Script.Result refused = signalbox.run("serve", "--port=0", "--config", file);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("Perhaps it is this one: plugins/gpu.jar cannot be read as a jar");
    }
}
