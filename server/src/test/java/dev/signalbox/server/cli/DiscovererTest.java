package dev.signalbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.core.Plugins;
import dev.signalbox.server.FakeRouting;
import dev.signalbox.server.cli.Discoverer.Found;
import dev.signalbox.server.listen.Listener;
import dev.signalbox.server.listen.Listening;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Discovery;
import dev.signalbox.testkit.ClosedPort;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedOllama;
import dev.signalbox.testkit.ScriptedServer;
import dev.signalbox.testkit.TestBackend;
import dev.signalbox.testkit.TestFactories;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every usual port of every backend in the distribution is played by one server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DiscovererTest {

    /** One look lasts a second, and not every machine answers within one. */
    private static final Duration A_BUSY_MACHINE = Duration.ofSeconds(30);

    private final List<String> told = new CopyOnWriteArrayList<>();

    private static List<Found> look(UsualPlaces places) throws InterruptedException {
        return discoverer(places).look(0);
    }

    private static Discoverer discoverer(UsualPlaces places) {
        Plugins plugins = Plugins.discovered();
        return new Discoverer(plugins, places, Sieve.logging(plugins));
    }

    private static List<Found> whereThereIs(int port) throws InterruptedException {
        return look(MovedPorts.allTo(port));
    }

    @Test
    void a_server_is_found_where_it_usually_listens_and_is_configured_there() throws Exception {
        try (ScriptedOllama ollama = ScriptedOllama.start().installed(OllamaModel.named("qwen3:8b"))) {
            int port = ollama.uri().getPort();
            List<Found> all =
                    await().atMost(A_BUSY_MACHINE).until(() -> look(MovedPorts.to(ollama)), found -> !found.isEmpty());
            assertThat(all)
                    .singleElement()
                    .satisfies(found -> assertThat(found.type()).isEqualTo("ollama"))
                    .satisfies(found -> assertThat(found.discovery().settings())
                            .containsEntry("base-url", "http://localhost:" + port));
        }
    }

    @Test
    void it_is_asked_for_one_thing_and_told_nothing() throws Exception {
        try (ScriptedOllama ollama = ScriptedOllama.start()) {
            look(MovedPorts.to(ollama));
            assertThat(ollama.server().requests()).hasSizeLessThan(3).allSatisfy(request -> {
                assertThat(request.method()).isEqualTo("GET");
                assertThat(request.header("Authorization")).isEmpty();
                assertThat(request.text()).isEmpty();
            });
        }
    }

    @Test
    void the_port_it_listens_on_itself_is_left_out() throws Exception {
        try (ScriptedOllama ollama = ScriptedOllama.start()) {
            int port = ollama.uri().getPort();
            assertThat(discoverer(MovedPorts.to(ollama)).look(port)).isEmpty();
            assertThat(ollama.server().requests()).isEmpty();
        }
    }

    @Test
    void another_Signalbox_is_no_model_server_whatever_it_answers() throws Exception {
        try (ScriptedServer other = ScriptedServer.start()) {
            other.otherwise(request -> version().header("Server", "Signalbox"));
            assertThat(whereThereIs(other.port())).isEmpty();
            other.otherwise(request -> version());
            await().atMost(A_BUSY_MACHINE)
                    .until(() -> !whereThereIs(other.port()).isEmpty());
        }
        Listening twice = Listening.locally(0).withOllamaPort(0);
        try (Listener other = Listener.start(FakeRouting.answering("{}"), twice)) {
            assertThat(whereThereIs(other.port())).isEmpty();
            assertThat(whereThereIs(other.ollama().orElseThrow().getPort())).isEmpty();
        }
    }

    private static Reply version() {
        return Reply.json(200, "{\"version\":\"0.32.0\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "OK", "null", "<html><body>It works!</body></html>", "{\"data\":[]}"})
    void a_server_that_answers_everything_is_nobody_we_know(String body) throws Exception {
        try (ScriptedServer server = ScriptedServer.start().otherwise(request -> Reply.json(200, body))) {
            assertThat(whereThereIs(server.port())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 401, 403, 404, 500, 503})
    void a_server_that_knows_nothing_of_it_is_nobody_we_know(int status) throws Exception {
        try (ScriptedServer server = ScriptedServer.start().otherwise(request -> Reply.status(status))) {
            assertThat(whereThereIs(server.port())).isEmpty();
        }
    }

    @Test
    void nobody_is_followed_to_another_place() throws Exception {
        try (ScriptedOllama ollama = ScriptedOllama.start();
                ScriptedServer server = ScriptedServer.start()) {
            String elsewhere = ollama.uri().resolve("/api/version").toString();
            server.otherwise(request -> Reply.status(302).header("Location", elsewhere));
            assertThat(whereThereIs(server.port())).isEmpty();
            assertThat(ollama.server().requests()).isEmpty();
        }
    }

    @Test
    void a_server_that_never_answers_is_not_waited_for() throws Exception {
        try (ScriptedServer silent = ScriptedServer.start().otherwise(request -> Reply.stall());
                ScriptedServer endless = ScriptedServer.start()
                        .otherwise(request -> Reply.stream("application/json")
                                .chunk("{\"version\"")
                                .thenStalls())) {
            assertThat(whereThereIs(silent.port())).isEmpty();
            assertThat(whereThereIs(endless.port())).isEmpty();
        }
    }

    /** A new server each time, as whoever is asked a third time has been looked for twice. */
    @Test
    void a_server_that_is_late_is_asked_once_more() {
        await().atMost(A_BUSY_MACHINE).until(() -> {
            try (ScriptedServer late = ScriptedServer.start().on("/api/version", Reply.stall(), version())) {
                return !whereThereIs(late.port()).isEmpty();
            }
        });
    }

    /** Signed by a type that looks for a word, wherever it stands. */
    @Test
    void a_server_that_has_more_to_say_than_is_read_is_nobody_we_know() throws Exception {
        String signed = "{\"data\":[{\"id\":\"a\",\"owned_by\":\"sglang\"}],\"more\":\"%s\"}";
        try (ScriptedServer server = ScriptedServer.start()) {
            server.otherwise(request -> Reply.json(200, signed.formatted("x".repeat(256 * 1024))));
            assertThat(whereThereIs(server.port())).isEmpty();
            server.otherwise(request -> Reply.json(200, signed.formatted("x".repeat(200 * 1024))));
            await().atMost(A_BUSY_MACHINE)
                    .until(() -> !whereThereIs(server.port()).isEmpty());
        }
    }

    @Test
    void an_answer_without_an_end_is_left_after_a_little_of_it() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (ServerSocket service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> answerAll(service, sent));
            await().atMost(A_BUSY_MACHINE).until(() -> {
                assertThat(look(new MovedPorts(Map.of(11434, service.getLocalPort()))))
                        .isEmpty();
                return sent.get() > 0;
            });
            assertThat(sent).hasValueLessThan(32L << 20); // what the buffers of a connection hold
        }
    }

    private static void answerAll(ServerSocket service, AtomicLong sent) {
        byte[] piece = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
        while (!service.isClosed()) {
            try (Socket client = service.accept()) {
                OutputStream out = client.getOutputStream();
                out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"version\":\""
                        .getBytes(StandardCharsets.US_ASCII));
                while (!service.isClosed()) {
                    out.write(piece);
                    sent.addAndGet(piece.length);
                }
            } catch (IOException closed) {
                // the client has seen enough
            }
        }
    }

    @Test
    void what_speaks_something_else_than_HTTP_is_nobody_we_know() throws Exception {
        try (ServerSocket service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> greetAll(service));
            assertThat(whereThereIs(service.getLocalPort())).isEmpty();
        }
    }

    private static void greetAll(ServerSocket service) {
        while (!service.isClosed()) {
            try (Socket client = service.accept()) {
                client.getOutputStream().write("SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closed) {
                // the test is over, or the client has seen enough
            }
        }
    }

    @Test
    void a_type_that_fails_to_say_where_to_look_keeps_no_other_from_being_found() throws Exception {
        Supplier<List<Discovery>> lost = () -> {
            throw new NoClassDefFoundError("the/Map");
        };
        foundBeside(TestFactories.backend("lost", lost, lent -> TestBackend.saying("")));
        assertThat(told)
                .singleElement()
                .asString()
                .contains("type lost", "TestFactories", "it needs the class the.Map, which is not there");
    }

    @Test
    void a_type_that_fails_to_look_at_an_answer_keeps_no_other_from_being_found() throws Exception {
        foundBeside(TestFactories.backend(
                "blind",
                () -> List.of(new Discovery(
                        URI.create("http://localhost:11434/api/version"),
                        answer -> {
                            throw new IllegalStateException("too dark");
                        },
                        Map.of())),
                lent -> TestBackend.saying("")));
        assertThat(told).singleElement().asString().contains("type blind", "IllegalStateException: too dark");
    }

    @Test
    void a_type_that_cannot_make_what_was_found_keeps_no_other_from_being_found() throws Exception {
        foundBeside(TestFactories.backend("clumsy", () -> List.of(at("http://localhost:11434/api/version")), lent -> {
            throw new NoClassDefFoundError("the/Tool");
        }));
        assertThat(told).singleElement().asString().contains("type clumsy", "it needs the class the.Tool");
    }

    private void foundBeside(BackendFactory broken) throws Exception {
        Plugins plugins = Plugins.of(broken).and(Plugins.discovered());
        try (ScriptedOllama ollama = ScriptedOllama.start().installed(OllamaModel.named("qwen3:8b"))) {
            var places = MovedPorts.to(ollama);
            Discoverer discoverer = new Discoverer(plugins, places, new Sieve(plugins, told::add));
            List<Found> all = await().atMost(A_BUSY_MACHINE)
                    .until(() -> discoverer.look(0), found -> !found.isEmpty() && !told.isEmpty());
            assertThat(all).extracting(Found::type).containsExactly("ollama");
        }
    }

    @Test
    void where_nobody_listens_nobody_is() throws Exception {
        try (ClosedPort nobody = ClosedPort.reserve()) {
            assertThat(whereThereIs(nobody.uri().getPort())).isEmpty();
        }
    }

    @Test
    void only_this_machine_is_asked() {
        var usual = UsualPlaces.OF_THIS_MACHINE;
        assertThat(usual.here(at("http://localhost:11434/"))).isPresent();
        assertThat(usual.here(at("http://127.0.0.1:11434/"))).isPresent();
        assertThat(usual.here(at("http://192.0.2.1:11434/"))).isEmpty();
        assertThat(usual.here(at("http://no.such.host.invalid:11434/"))).isEmpty();
        assertThat(usual.here(at("file:/etc/passwd"))).isEqualTo(Optional.empty());
    }

    private static Discovery at(String probe) {
        return new Discovery(URI.create(probe), answer -> true, Map.of());
    }
}
