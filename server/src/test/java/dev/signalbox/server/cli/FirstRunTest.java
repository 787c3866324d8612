package dev.signalbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.core.Plugins;
import dev.signalbox.server.Served;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ScriptedOllama;
import dev.signalbox.testkit.TestFactories;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FirstRunTest {

    private static final Duration A_BUSY_MACHINE = Duration.ofMinutes(2);
    private static final String ASK =
            "{\"model\": \"auto\", \"messages\": [{\"role\": \"user\", \"content\": \"Say hello\"}]}";

    private final StringWriter said = new StringWriter();

    private FirstRun first(UsualPlaces places) {
        return new FirstRun(Plugins.discovered(), places, new PrintWriter(said, true), FirstRun.AGAIN);
    }

    @Test
    void a_server_that_is_found_is_tabled_and_served() throws Exception {
        try (ScriptedOllama ollama = ScriptedOllama.start().installed(OllamaModel.named("qwen3:8b"));
                FirstRun first = first(MovedPorts.to(ollama));
                Served server = Served.of(first)) {
            first.look(server.port());
            await().atMost(A_BUSY_MACHINE).until(() -> said.toString().contains("\"auto\" is"));

            assertThat(said.toString())
                    .containsPattern("backend +address\\R")
                    .containsPattern("ollama +http://localhost:" + ollama.uri().getPort() + "\\R")
                    .contains("\"auto\" is ollama/qwen3:8b.");
            HttpResponse<String> answer = server.post("/v1/chat/completions", ASK);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("X-Signalbox-Target")).contains("ollama/qwen3:8b");
            assertThat(server.get("/v1/models").body())
                    .contains("ollama/qwen3:8b")
                    .doesNotContain("echo");
        }
    }

    @Test
    void a_router_that_is_being_made_while_all_ends_is_closed_too() throws Exception {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger open = new AtomicInteger();
        CompletableFuture<Void> making = new CompletableFuture<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        GuardFactory slow = TestFactories.guard("slow", lent -> {
            open.incrementAndGet();
            if (made.incrementAndGet() > 2) {
                making.complete(null);
                closed.join();
            }
            return new Guard() {
                @Override
                public void close() {
                    open.decrementAndGet();
                }
            };
        });
        Plugins plugins = Plugins.discovered().and(Plugins.of(slow));
        try (ScriptedOllama ollama = ScriptedOllama.start().installed(OllamaModel.named("qwen3:8b"))) {
            var places = MovedPorts.to(ollama);
            FirstRun first = new FirstRun(plugins, places, new PrintWriter(said, true), FirstRun.AGAIN);
            first.look(1);
            making.get(2, TimeUnit.MINUTES);
            first.close();
            closed.complete(null);
            await().atMost(A_BUSY_MACHINE).until(() -> said.toString().contains("\"auto\" is"));
            await().untilAsserted(() -> assertThat(open).hasValue(0));
        }
    }

    @Test
    void what_keeps_servers_that_are_found_from_being_served_is_told_and_looked_at_again() throws Exception {
        AtomicInteger made = new AtomicInteger();
        GuardFactory shaky = TestFactories.guard("shaky", lent -> {
            if (made.incrementAndGet() == 2) { // not for the demo, but for the first look at what was found
                throw new IllegalStateException("it is not ready yet");
            }
            return new Guard() {};
        });
        Plugins plugins = Plugins.discovered().and(Plugins.of(shaky));
        try (ScriptedOllama ollama = ScriptedOllama.start().installed(OllamaModel.named("qwen3:8b"));
                FirstRun first = new FirstRun(
                        plugins, MovedPorts.to(ollama), new PrintWriter(said, true), Duration.ofMillis(50));
                Served server = Served.of(first)) {
            first.look(server.port());
            await().atMost(A_BUSY_MACHINE).until(() -> said.toString().contains("\"auto\" is ollama/qwen3:8b"));

            assertThat(said.toString())
                    .contains("Model servers were found (ollama), but they cannot be served")
                    .contains("it is not ready yet")
                    .contains("Serving echo/demo");
        }
    }

    @Test
    void where_nobody_is_found_there_is_an_answer_all_the_same() throws Exception {
        try (FirstRun first = first(new MovedPorts(Map.of()));
                Served server = Served.of(first)) {
            first.look(server.port());
            await().atMost(A_BUSY_MACHINE).until(() -> said.toString().contains("Serving"));

            assertThat(said.toString())
                    .contains("No model server was found on this machine; looking again every 30 s.")
                    .contains("Serving echo/demo, which needs no model.");
            assertThat(server.post("/v1/chat/completions", ASK).body()).contains("Say hello");
        }
    }

    @Test
    void where_no_plugin_could_answer_it_says_so_and_the_line_to_begin_with_asks_for_names() throws Exception {
        try (FirstRun first = new FirstRun(
                        Plugins.of(), new MovedPorts(Map.of()), new PrintWriter(said, true), FirstRun.AGAIN);
                Served server = Served.of(first)) {
            first.serveDemoOnly();

            assertThat(said.toString()).contains("Nothing can be served: put a backend's jar into plugins/");
            assertThat(first.greeting()).isInstanceOf(Greeting.Names.class);
            assertThat(server.get("/v1/models").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void that_nobody_is_found_is_told_once_however_often_it_looks() {
        int places = Plugins.discovered().all(BackendFactory.class).stream()
                .mapToInt(factory -> factory.discoveries().size())
                .sum();
        AtomicInteger asked = new AtomicInteger();
        UsualPlaces nowhere = usual -> {
            asked.incrementAndGet();
            return Optional.empty();
        };
        try (FirstRun first =
                new FirstRun(Plugins.discovered(), nowhere, new PrintWriter(said, true), Duration.ofMillis(1))) {
            first.look(1);
            await().atMost(A_BUSY_MACHINE).until(() -> asked.get() > 3 * places);
        }
        assertThat(said.toString())
                .containsOnlyOnce("No model server was found")
                .containsOnlyOnce("Serving");
    }

    @Test
    void what_answered_until_somebody_was_found_is_closed() throws Exception {
        AtomicInteger open = new AtomicInteger();
        GuardFactory counted = TestFactories.guard("counted", lent -> {
            open.incrementAndGet();
            return new Guard() {
                @Override
                public void close() {
                    open.decrementAndGet();
                }
            };
        });
        Plugins plugins = Plugins.discovered().and(counted);
        try (ScriptedOllama ollama = ScriptedOllama.start().installed(OllamaModel.named("qwen3:8b"));
                FirstRun first =
                        new FirstRun(plugins, MovedPorts.to(ollama), new PrintWriter(said, true), FirstRun.AGAIN)) {
            first.look(1);
            await().atMost(A_BUSY_MACHINE).until(() -> said.toString().contains("\"auto\" is ollama/qwen3:8b"));
            await().atMost(A_BUSY_MACHINE).untilAsserted(() -> assertThat(open).hasValue(1));
        }
        assertThat(open).hasValue(0);
    }

    @Test
    void whoever_is_started_later_is_found_later() throws Exception {
        AtomicReference<UsualPlaces> machine = new AtomicReference<>(new MovedPorts(Map.of()));
        try (ScriptedOllama ollama = ScriptedOllama.start().installed(OllamaModel.named("qwen3:8b"));
                FirstRun first = new FirstRun(
                        Plugins.discovered(),
                        usual -> machine.get().here(usual),
                        new PrintWriter(said, true),
                        Duration.ofMillis(50));
                Served server = Served.of(first)) {
            first.look(server.port());
            await().atMost(A_BUSY_MACHINE).until(() -> said.toString().contains("Serving echo/demo"));
            machine.set(MovedPorts.to(ollama));
            await().atMost(A_BUSY_MACHINE).until(() -> said.toString().contains("\"auto\" is ollama/qwen3:8b"));

            assertThat(server.post("/v1/chat/completions", ASK).headers().firstValue("X-Signalbox-Target"))
                    .contains("ollama/qwen3:8b");
        }
    }
}
