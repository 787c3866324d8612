package dev.signalbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.core.Plugins;
import dev.signalbox.server.PrintedCurl;
import dev.signalbox.testkit.ClosedPort;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ScriptedOllama;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The very command. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ServeCommandTest {

    private static final Duration A_BUSY_MACHINE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();
    private final Stopping stopping = Stopping.byHand();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> looked = new CompletableFuture<>();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    @AfterEach
    void end() throws Exception {
        looked.complete(null);
        stopping.tell();
        assertThat(ended.get(A_BUSY_MACHINE.toSeconds(), TimeUnit.SECONDS)).isZero();
    }

    /** Where to look is said only when the test lets it: a machine on which looking takes that long. */
    private void serve(UsualPlaces places, String... more) {
        UsualPlaces slow = place -> {
            looked.join();
            return places.here(place);
        };
        ServeCommand serve = new ServeCommand(
                ConfigFiles.none(), slow, most -> stopping, listener -> begun.complete(null), Plugins::discovered);
        CommandLine line = Signalbox.line(System.out, System.err, () -> serve).setErr(new PrintWriter(said, true));
        List<String> arguments = new ArrayList<>(List.of(ServeCommand.NAME, "--port", "0"));
        arguments.addAll(List.of(more));
        Thread.ofVirtual().start(() -> ended.complete(line.execute(arguments.toArray(String[]::new))));
        begun.orTimeout(A_BUSY_MACHINE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void serveBy(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), yaml);
        serve(new MovedPorts(Map.of()), "--config", file.toString());
    }

    @Test
    void prints_a_line_that_is_answered_while_it_still_looks_around() throws Exception {
        serve(new MovedPorts(Map.of()));

        assertThat(PrintedCurl.in(said.toString()).run()).contains("Say hello", "\"finish_reason\":\"stop\"");
        assertThat(said.toString()).doesNotContain("No model server", "Serving echo");

        looked.complete(null);
        await().atMost(A_BUSY_MACHINE).until(() -> said.toString().contains("Serving echo/demo"));
    }

    @Test
    void the_same_line_is_answered_by_the_server_that_is_found() throws Exception {
        try (ScriptedOllama ollama = ScriptedOllama.start().installed(OllamaModel.named("qwen3:8b"))) {
            serve(MovedPorts.to(ollama));
            looked.complete(null);
            await().atMost(A_BUSY_MACHINE).until(() -> said.toString().contains("\"auto\" is ollama/qwen3:8b"));

            assertThat(PrintedCurl.in(said.toString()).run()).contains("All signals are green.");
        }
    }

    @Test
    void where_a_configuration_has_no_backend_it_says_so_and_prints_no_line() throws Exception {
        serveBy("server: { port: 8484 }\n");

        assertThat(said.toString())
                .contains("Serving " + folder, "nothing can be answered")
                .doesNotContain("curl");
    }

    @Test
    void the_line_asks_for_a_default_where_there_is_one() throws Exception {
        serveBy("backends: { echo: { type: echo } }\ndefault: echo/demo\n");

        assertThat(PrintedCurl.in(said.toString()).line()).contains("\"auto\"");
        assertThat(PrintedCurl.in(said.toString()).run()).contains("\"finish_reason\":\"stop\"");
    }

    @Test
    void without_a_default_the_line_asks_for_the_first_name_that_leads_to_somebody_who_chats() throws Exception {
        serveBy("""
                backends: { echo: { type: echo, models: { vectors: { capabilities: { chat: no } }, words: {} } } }
                aliases: { spare: { not-configured: true }, meaning: echo/vectors, talk: echo/words }
                """);

        assertThat(PrintedCurl.in(said.toString()).line()).contains("\"talk\"");
        assertThat(PrintedCurl.in(said.toString()).run()).contains("\"finish_reason\":\"stop\"");
    }

    @Test
    void without_a_default_and_before_any_name_is_known_the_line_asks_for_the_names() throws Exception {
        try (ClosedPort nobody = ClosedPort.reserve()) {
            serveBy("backends: { gpu: { type: openai, base-url: \"%s/v1\" } }\n".formatted(nobody.uri()));

            assertThat(PrintedCurl.in(said.toString()).run()).contains("\"object\":\"list\"");
        }
    }
}
