package dev.signalbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.core.Plugins;
import dev.signalbox.server.Served;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Demo;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ScriptedOllama;
import dev.signalbox.testkit.TestBackend;
import dev.signalbox.testkit.TestFactories;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FirstRunTest {

    private static final Duration A_BUSY_MACHINE = Duration.ofMinutes(2);
    private static final String ASK =
            "{\"model\": \"auto\", \"messages\": [{\"role\": \"user\", \"content\": \"Say hello\"}]}";

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();

    private FirstRun first(UsualPlaces places) {
        return new FirstRun(Plugins.discovered(), places, new PrintWriter(said, true), FirstRun.AGAIN);
    }

    @Test
    void a_server_that_is_found_is_tabled_and_served() throws Exception {
        try (ScriptedOllama ollama = ScriptedOllama.start().installed(OllamaModel.named("qwen3:8b"));
                FirstRun first = first(new MovedPorts(Map.of(11434, ollama.uri().getPort())));
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
            var places = new MovedPorts(Map.of(11434, ollama.uri().getPort()));
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
                        plugins,
                        new MovedPorts(Map.of(11434, ollama.uri().getPort())),
                        new PrintWriter(said, true),
                        Duration.ofMillis(50));
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
                FirstRun first = new FirstRun(
                        plugins,
                        new MovedPorts(Map.of(11434, ollama.uri().getPort())),
                        new PrintWriter(said, true),
                        FirstRun.AGAIN)) {
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
            machine.set(new MovedPorts(Map.of(11434, ollama.uri().getPort())));
            await().atMost(A_BUSY_MACHINE).until(() -> said.toString().contains("\"auto\" is ollama/qwen3:8b"));

            assertThat(server.post("/v1/chat/completions", ASK).headers().firstValue("X-Signalbox-Target"))
                    .contains("ollama/qwen3:8b");
        }
    }

    @Test
    void init_writes_what_is_found_as_a_configuration_that_is_right() throws Exception {
        try (ScriptedOllama ollama = ScriptedOllama.start().installed(OllamaModel.named("qwen3:8b"))) {
            int port = ollama.uri().getPort();
            String text = await().atMost(A_BUSY_MACHINE)
                    .until(() -> init(new MovedPorts(Map.of(11434, port))), written -> written.contains("Found"));
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
            var places = new MovedPorts(Map.of(11434, ollama.uri().getPort()));
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
        BackendFactory shy = new BackendFactory() {
            @Override
            public String type() {
                return "a-shy-one";
            }

            @Override
            public int spiLevel() {
                return SpiLevel.CURRENT;
            }

            @Override
            public List<Option<?>> options() {
                return List.of();
            }

            @Override
            public Optional<Demo> demo() {
                throw new IllegalStateException("not today");
            }

            @Override
            public Backend create(PluginConfig config, PluginContext context) {
                throw new AssertionError("nobody wants one");
            }
        };

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
