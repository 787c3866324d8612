package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signalbox.server.WireClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process manager does to a server: SIGTERM, and waiting for it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SignalIT {

    private static final Duration A_BUSY_MACHINE = Duration.ofMinutes(1);
    private static final String STREAM =
            "{\"model\":\"echo/demo\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";

    @TempDir
    private Path folder;

    @Test
    void a_stream_that_has_begun_is_finished_while_nobody_else_is_let_in() throws Exception {
        try (RunningServer server = serving("{ grace: 1m }");
                WireClient client = asking(server, "one two three four five six seven eight")) {
            server.terminate();
            await().atMost(A_BUSY_MACHINE)
                    .untilAsserted(() -> assertThatThrownBy(
                                    () -> new Socket("127.0.0.1", server.uri().getPort()).close())
                            .isInstanceOf(ConnectException.class));
            assertThat(server.isAlive()).isTrue();
            assertThat(client.rest()).contains("eight").contains("data: [DONE]");
            assertThat(server.exitCode()).isZero();
            assertThat(server.out()).isEmpty();
        }
    }

    @Test
    void a_stream_that_does_not_end_in_time_is_cut_and_not_as_if_all_were_said() throws Exception {
        try (RunningServer server = serving("{ grace: 0s }");
                WireClient client = asking(server, "word ".repeat(10_000))) {
            server.terminate();
            assertThat(rest(client)).doesNotContain("[DONE]");
            assertThat(server.exitCode()).isZero();
        }
    }

    @Test
    void a_server_that_does_nothing_ends_at_once() throws Exception {
        try (RunningServer server = serving("{ grace: 1h }");
                WireClient idle = server.connect()) {
            server.terminate();
            assertThat(server.exitCode()).isZero();
            assertThat(idle.rest()).isEmpty();
        }
    }

    @Test
    void a_port_that_is_taken_is_a_failure_that_scripts_can_tell() throws Exception {
        Distribution signalbox = Distribution.unpackedIn(folder);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Script.Result ended =
                    signalbox.run("serve", "--no-discovery", "--port", Integer.toString(taken.getLocalPort()));
            assertThat(ended.err()).contains("is in use");
            assertThat(ended.status()).isOne();
        }
    }

    private RunningServer serving(String settings) throws IOException {
        Distribution signalbox = Distribution.unpackedIn(folder);
        Path file = signalbox.configured(
                "{ server: %s, backends: { echo: { type: echo, pace: 300ms } } }".formatted(settings));
        return signalbox.serve("--config", file.toString());
    }

    /** Has asked for a stream, of which something has come. */
    private static WireClient asking(RunningServer server, String text) throws IOException {
        WireClient client = server.connect().post("/v1/chat/completions", STREAM.formatted(text));
        client.readUntil("data: ");
        return client;
    }

    private static String rest(WireClient client) {
        try {
            return client.rest();
        } catch (IOException reset) {
            return "";
        }
    }
}
