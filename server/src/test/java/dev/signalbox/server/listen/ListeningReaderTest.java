package dev.signalbox.server.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.api.Priority;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.Unroutable;
import dev.signalbox.core.Configuration;
import dev.signalbox.server.FakeRouting;
import dev.signalbox.server.Served;
import dev.signalbox.server.ingress.TaskSettings;
import dev.signalbox.server.listen.ListeningReader.Overrides;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ListeningReaderTest {

    @TempDir
    private Path folder;

    @Test
    void listens_on_loopback_unless_told_otherwise() throws Exception {
        Listening listening = read("backends: {}\n");
        assertThat(listening.host()).isEqualTo("127.0.0.1");
        assertThat(listening.port()).isEqualTo(8484);
        assertThat(listening.tls()).isEmpty();
        assertThat(listening.grace()).isEqualTo(Duration.ofSeconds(30));
        assertThat(listening.ingress().maxBody()).isEqualTo(64 << 20);
        assertThat(listening.ingress().callers().any()).isFalse();
    }

    @Test
    void reads_what_is_written() throws Exception {
        Listening listening = read("""
                server: { host: 0.0.0.0, port: 9000, max-body: 1MiB, max-requests: 7, grace: 5s, heartbeat-after: 20s }
                callers: { alice: { key: secret, scopes: admin }, bob: { key: other } }
                """);
        assertThat(listening.host()).isEqualTo("0.0.0.0");
        assertThat(listening.port()).isEqualTo(9000);
        assertThat(listening.grace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(listening.ingress().maxBody()).isEqualTo(1 << 20);
        assertThat(listening.ingress().maxRequests()).isEqualTo(7);
        assertThat(listening.ingress().heartbeatAfter()).isEqualTo(Duration.ofSeconds(20));
        assertThat(listening.ingress().callers().any()).isTrue();
    }

    @Test
    void what_was_said_elsewhere_beats_the_file() throws Exception {
        Listening listening = read(
                "server: { host: 127.0.0.1, port: 9000 }\n",
                new Overrides(Optional.of("::1"), Optional.of(1)).or(Overrides.NONE));
        assertThat(listening.host()).isEqualTo("::1");
        assertThat(listening.port()).isEqualTo(1);
    }

    @Test
    void tasks_stand_beside_the_rest_or_alone_on_a_port() throws Exception {
        assertThat(read("tasks: {}\n").tasks()).isEqualTo(TaskPlace.DEFAULT);
        TaskPlace alone = read("server: { tasks: { port: 8000, batch-items: 5, batch-at-once: 2 } }\ntasks: {}\n")
                .tasks();
        assertThat(alone).isEqualTo(new TaskPlace(Optional.of(8000), new TaskSettings("/", 5, 2)));
        assertThat(read("server: { tasks: { prefix: /house/desk } }\ntasks: {}\n")
                        .tasks()
                        .settings()
                        .prefix())
                .isEqualTo("/house/desk");
    }

    @Test
    void listens_on_a_second_port_if_told_to() throws Exception {
        assertThat(read("server: {}\n").ollamaPort()).isEmpty();
        assertThat(read("server: { ollama-port: 11434 }\n").ollamaPort()).contains(11_434);
    }

    @ParameterizedTest
    @CsvSource({"8484, 9000, everything", "9000, 9000, tasks"})
    void a_second_port_is_another_one(int second, int ofTasks, String what) {
        assertThatThrownBy(() -> read(
                        "server: { ollama-port: %d, tasks: { port: %d } }\ntasks: {}\n".formatted(second, ofTasks)))
                .hasMessageContaining("server.ollama-port")
                .hasMessageContaining("%d is the port of %s already".formatted(second, what));
    }

    @Test
    void tells_where_tasks_cannot_be_served() {
        assertThatThrownBy(() -> read("server: { tasks: { prefix: / } }\ntasks: {}\n"))
                .hasMessageContaining("server.tasks.prefix")
                .hasMessageContaining("other things are served at \"/\"");
        assertThatThrownBy(() -> read("server: { tasks: { prefix: /v1/tasks } }\ntasks: {}\n"))
                .hasMessageContaining("other things are served at \"/v1\"");
        assertThatThrownBy(() -> read("server: { tasks: { prefix: /messages } }\ntasks: {}\n"))
                .hasMessageContaining("other things are served at \"/messages\"");
        assertThatThrownBy(() -> read("server: { tasks: { prefix: tasks/ } }\ntasks: {}\n"))
                .hasMessageContaining("is not a path such as /tasks");
        assertThatThrownBy(() -> read("server: { tasks: { port: 8000 } }\n"))
                .hasMessageContaining("server.tasks")
                .hasMessageContaining("there are no tasks to serve");
    }

    @Test
    void tells_everything_that_is_wrong_at_once() {
        assertThatThrownBy(() -> read("""
                        server:
                          prot: 9000
                          port: 99999
                        callers:
                          alice: { key: same, scopes: [ root ] }
                          bob: { key: same }
                          carol: {}
                          dora: { key: " " }
                          emil: secret
                        """))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("7 problems")
                .hasMessageContaining("signalbox.yaml:2  server.prot")
                .hasMessageContaining("Did you mean \"port\"?")
                .hasMessageContaining("signalbox.yaml:3  server.port")
                .hasMessageContaining("is the key of \"alice\" too")
                .hasMessageContaining("callers.carol.key")
                .hasMessageContaining("anybody could say it")
                .hasMessageNotContaining("same\"");
    }

    @ParameterizedTest
    @CsvSource({"a, foreground", "n, background", "b, ''"})
    void a_caller_may_be_in_a_hurry_or_not(String key, String priority) throws Exception {
        Listening listening = read("""
                        callers:
                          alice: { key: a, priority: foreground }
                          nightly: { key: n, priority: background }
                          bob: { key: b }
                        """, new Overrides(Optional.empty(), Optional.of(0)));
        AtomicReference<Optional<Priority>> seen = new AtomicReference<>(Optional.empty());
        FakeRouting router = FakeRouting.doing(request -> {
            seen.set(request.caller().priority());
            throw new Unroutable(Problem.permanent(400, "seen", "That is all."), FakeRouting.trace());
        });
        try (Served server = Served.of(router, listening)) {
            assertThat(server.post("/v1/chat/completions", "{}", "x-api-key", key)
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(seen.get()).isEqualTo(Priority.of(priority));
    }

    @Test
    void a_certificate_needs_its_key() {
        assertThatThrownBy(() -> read("server: { tls: { certificate: cert.pem } }\n"))
                .hasMessageContaining("server.tls")
                .hasMessageContaining("needs a certificate and a key, or a keystore");
        assertThatThrownBy(() -> read("server: { tls: { certificate: a, key: b, keystore: c } }\n"))
                .hasMessageContaining("or a keystore");
        assertThatThrownBy(() -> read("server: { tls: {} }\n")).hasMessageContaining("or a keystore");
    }

    @Test
    void says_which_files_are_missing() {
        assertThatThrownBy(() -> read("server: { tls: { certificate: cert.pem, key: key.pem } }\n"))
                .hasMessageContaining("server.tls.certificate")
                .hasMessageContaining("there is no file " + folder.resolve("cert.pem"))
                .hasMessageContaining("server.tls.key")
                .hasMessageContaining("there is no file " + folder.resolve("key.pem"));
    }

    private Listening read(String yaml) throws IOException {
        return read(yaml, Overrides.NONE);
    }

    private Listening read(String yaml, Overrides overrides) throws IOException {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), yaml);
        Problems problems = new Problems();
        Listening listening = new ListeningReader(problems).read(Configuration.read(file), overrides);
        problems.throwIfAny();
        return listening;
    }
}
