package dev.signalbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.core.Plugins;
import dev.signalbox.server.PrintedCurl;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ScriptedOllama;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The very command, without a configuration. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ServeCommandTest {

    private static final Duration A_BUSY_MACHINE = Duration.ofMinutes(2);

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
    private void serve(UsualPlaces places) {
        UsualPlaces slow = place -> {
            looked.join();
            return places.here(place);
        };
        ServeCommand serve = new ServeCommand(
                ConfigFiles.none(), slow, most -> stopping, listener -> begun.complete(null), Plugins::discovered);
        CommandLine line = new CommandLine(new Signalbox())
                .addSubcommand(ServeCommand.NAME, serve)
                .setErr(new PrintWriter(said, true));
        Thread.ofVirtual().start(() -> ended.complete(line.execute(ServeCommand.NAME, "--port", "0")));
        begun.orTimeout(A_BUSY_MACHINE.toSeconds(), TimeUnit.SECONDS).join();
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
            serve(new MovedPorts(Map.of(11434, ollama.uri().getPort())));
            looked.complete(null);
            await().atMost(A_BUSY_MACHINE).until(() -> said.toString().contains("\"auto\" is ollama/qwen3:8b"));

            assertThat(PrintedCurl.in(said.toString()).run()).contains("All signals are green.");
        }
    }
}
