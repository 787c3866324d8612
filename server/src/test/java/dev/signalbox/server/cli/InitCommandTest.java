package dev.signalbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.core.Plugins;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ScriptedOllama;
import dev.signalbox.testkit.TestBackend;
import dev.signalbox.testkit.TestFactories;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InitCommandTest {

    private static final Duration A_BUSY_MACHINE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();

    @Test
    void init_writes_what_is_found_as_a_configuration_that_is_right() throws Exception {
        try (ScriptedOllama ollama = ScriptedOllama.start().installed(OllamaModel.named("qwen3:8b"))) {
            int port = ollama.uri().getPort();
            String text = await().atMost(A_BUSY_MACHINE)
                    .until(() -> init(MovedPorts.to(ollama)), written -> written.contains("Found"));
            assertThat(text)
                    .contains("ollama: { type: ollama, base-url: \"http://localhost:" + port + "\" }")
                    .contains("default: \"ollama/qwen3:8b\"");
            Path file = Files.writeString(folder.resolve("signalbox.yaml"), text);
            assertThat(Signalbox.line(System.out, System.err).execute("check", "--config", file.toString()))
                    .isZero();
        }
    }

    @Test
    void init_writes_what_the_others_found_and_says_which_plugin_failed_and_why() throws Exception {
        BackendFactory lost = TestFactories.backend(
                "lost",
                () -> {
                    throw new NoClassDefFoundError("the/Map");
                },
                lent -> TestBackend.saying(""));
        GuardFactory shaky = TestFactories.guard("shaky", lent -> {
            throw new IllegalStateException("it is not ready");
        });
        Plugins plugins = Plugins.discovered().and(lost, shaky);
        try (ScriptedOllama ollama = ScriptedOllama.start().installed(OllamaModel.named("qwen3:8b"))) {
            var places = MovedPorts.to(ollama);
            String text = await().atMost(A_BUSY_MACHINE)
                    .until(() -> init(plugins, places), written -> written.contains("Found"));

            assertThat(text).contains("ollama: { type: ollama, ", "# default: coding");
            assertThat(said.toString())
                    .contains("Warning: Backends of type lost are left out: the plugin ")
                    .contains(where(TestFactories.class), "it needs the class the.Map, which is not there")
                    .contains("Warning: guards.shaky: the plugin ", "IllegalStateException: it is not ready");
        }
    }

    @Test
    void init_writes_what_answers_without_a_server_even_if_another_plugin_cannot_say_whether_it_would() {
        BackendFactory shy = TestFactories.backend(
                "a-shy-one",
                List::of,
                () -> {
                    throw new IllegalStateException("not today");
                },
                lent -> TestBackend.saying(""));

        assertThat(init(Plugins.discovered().and(shy), new MovedPorts(Map.of())))
                .contains("echo: { type: echo }");
        assertThat(said.toString()).contains("Backends of type a-shy-one are left out", "not today");
    }

    private String init(UsualPlaces places) {
        return init(Plugins.discovered(), places);
    }

    private String init(Plugins plugins, UsualPlaces places) {
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(new InitCommand(() -> plugins, places))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(said, true));
        assertThat(line.execute()).isZero();
        return out.toString();
    }

    /** The jar, or the folder, that a class is in. */
    private static String where(Class<?> type) throws URISyntaxException {
        Path place =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        return place.getFileName().toString();
    }
}
