package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the unit starts, started by hand. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UnitIT {

    @TempDir
    private Path folder;

    @Test
    void starts_a_server_that_takes_all_it_is_told_and_ends_with_the_code_that_a_manager_expects() throws Exception {
        Distribution signalbox = Distribution.unpackedIn(folder).with();
        Path cache = signalbox.folder("cache");
        Path state = signalbox.folder("state");
        List<String> command = new ArrayList<>(List.of(started()
                .replace("%C", cache.toString())
                .replace("%S", state.toString())
                .split(" ")));
        assertThat(command.removeFirst()).isEqualTo("/opt/signalbox/bin/signalbox");
        command.addFirst(signalbox.home().resolve("bin/signalbox").toString());
        command.addAll(List.of("--port=0", "--no-discovery", "--no-start-cache"));

        try (RunningServer server = signalbox.start(command)) {
            assertThat(server.chat("auto", "by a unit").body()).contains("by a unit");
            assertThat(cache.resolve("signalbox/tmp")).isDirectory();
            server.terminate();
            assertThat(server.exitCode()).isZero();
        }
    }

    private static String started() throws Exception {
        return Files.readAllLines(Path.of("../packaging/signalbox.service")).stream()
                .filter(line -> line.startsWith("ExecStart="))
                .map(line -> line.substring("ExecStart=".length()))
                .findFirst()
                .orElseThrow();
    }
}
