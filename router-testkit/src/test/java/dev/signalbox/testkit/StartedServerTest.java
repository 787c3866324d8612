package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signalbox.testkit.StartedServer.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StartedServerTest {

    private static final Recipe RECIPE =
            new Recipe("models", "MODEL_OF_TEST", List.of("--model", "MODEL", "--port", "PORT"));

    @TempDir
    private Path folder;

    private Optional<StartedServer> start(Map<String, String> environment) {
        return StartedServer.start(new PlainBackendFactory(), RECIPE, environment, Optional.empty());
    }

    @Test
    void nobody_is_started_without_a_model_or_without_the_program() {
        assertThat(start(Map.of("PATH", "/usr/bin:/bin"))).isEmpty();
        assertThat(start(Map.of("PATH", "/usr/bin:/bin", "MODEL_OF_TEST", " "))).isEmpty();
        assertThat(start(Map.of("PATH", folder + ":", "MODEL_OF_TEST", "tiny"))).isEmpty();
    }

    @Test
    void one_that_ends_before_it_is_ready_is_told_and_was_given_model_and_port() throws Exception {
        Path program = folder.resolve("models");
        Files.writeString(program, "#!/bin/sh\necho \"$@\" > '" + folder.resolve("given") + "'\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();

        assertThatThrownBy(() -> start(Map.of("PATH", "/nowhere:" + folder, "MODEL_OF_TEST", "tiny")))
                .isInstanceOf(AssertionError.class)
                .hasMessage("models did not load the model of MODEL_OF_TEST");
        assertThat(Files.readString(folder.resolve("given"))).matches("--model tiny --port \\d+\n");
    }

    @Test
    void whoever_is_interrupted_while_it_loads_leaves_nobody_behind() throws Exception {
        Path program = folder.resolve("models");
        Path number = folder.resolve("number");
        Files.writeString(
                program, "#!/bin/sh\necho $$ > '%s.new'\nmv '%1$s.new' '%1$s'\nexec sleep 600\n".formatted(number));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Thread starting = Thread.ofPlatform()
                .start(() -> assertThatThrownBy(() -> start(Map.of("PATH", folder.toString(), "MODEL_OF_TEST", "tiny")))
                        .isInstanceOf(IllegalStateException.class));
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(number));

        starting.interrupt();
        starting.join();

        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(number).strip()))
                        .filter(ProcessHandle::isAlive))
                .isEmpty();
    }
}
