package dev.signalbox.distribution;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that together are five times the heap it ships with. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ManyBodiesIT {

    private static final int AT_ONCE = 40;
    private static final int BYTES = 60 << 20;
    private static final byte[] HEAD =
            "{\"model\":\"echo/demo\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\""
                    .getBytes(US_ASCII);
    private static final byte[] TAIL = "\"}]}".getBytes(US_ASCII);

    @TempDir
    private Path folder;

    @Test
    void every_one_of_them_is_answered_or_refused_and_the_server_goes_on() throws Exception {
        askAll("backends: { echo: { type: echo } }");
    }

    @Test
    @Tag("long")
    void also_where_rules_read_all_of_them() throws Exception {
        askAll("""
                backends: { echo: { type: echo } }
                rules:
                  - when: { content-contains: { text: [ secret ], in: whole-conversation } }
                    use: echo/demo
                    always: true
                  - { when: { code-fence-ratio: { is: ">= 0.3", in: whole-conversation } }, use: echo/demo, always: true }
                  - { when: { token-count: "> 100000000" }, use: echo/demo, always: true }
                """);
    }

    private void askAll(String configuration) throws Exception {
        Distribution signalbox = Distribution.unpackedIn(folder);
        Path file = signalbox.configured(configuration);
        try (RunningServer server = signalbox.serve("--config", file.toString());
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> asked = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                asked.add(() -> statusOf(server.uri().getPort()));
            }
            for (Future<String> each : clients.invokeAll(asked)) {
                assertThat(each.get()).as(server.err()).matches("HTTP/1.1 (200|413|503) .*");
            }
            assertThat(server.isAlive()).isTrue();
            assertThat(server.chat("echo/demo", "still here").body()).contains("still here");
        }
    }

    /** The first line of what a body of that size gets. */
    private static String statusOf(int port) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                            .formatted(BYTES)
                            .getBytes(US_ASCII));
            try {
                send(out);
            } catch (SocketException refused) {
                // it has its answer already
            }
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
            return line == null ? "nothing" : line + " ";
        }
    }

    private static void send(OutputStream out) throws IOException {
        byte[] piece = new byte[64 << 10];
        Arrays.fill(piece, (byte) 'x');
        out.write(HEAD);
        int left = BYTES - HEAD.length - TAIL.length;
        while (left > 0) {
            out.write(piece, 0, Math.min(left, piece.length));
            left -= piece.length;
        }
        out.write(TAIL);
    }
}
