package dev.signalbox.backend.http.transport;

import static dev.signalbox.backend.http.transport.HttpTransportContract.get;
import static dev.signalbox.backend.http.transport.HttpTransportContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the network cuts a reply into pieces makes no difference. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class SplitAnywhereTest {

    private static final String CHUNKED =
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
                    + "Keep-Alive: timeout=5, max=100\r\n\r\n5\r\nhello\r\n2;x\r\n, \r\n5\r\nworld\r\n0\r\nX: 1\r\n\r\n";
    private static final String LENGTH = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nhello, world";

    private final HttpTransport transport = new SocketTransport(TransportOptions.standard());

    @AfterEach
    void close() {
        transport.close();
    }

    static Stream<String> replies() {
        return Stream.of(CHUNKED, LENGTH);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void a_reply_may_be_cut_at_every_byte_and_the_connection_is_kept(String reply) throws Exception {
        try (Peer peer = Peer.of(line -> {
            for (int at = 1; !line.request().isEmpty(); at++) {
                line.send(reply.substring(0, at));
                Thread.sleep(1);
                line.send(reply.substring(at));
            }
        })) {
            for (int at = 1; at < reply.length(); at++) {
                assertThat(text(transport.send(get(peer.uri()))))
                        .as("cut at %d", at)
                        .isEqualTo("hello, world");
            }
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("replies")
    void a_reply_may_come_byte_by_byte(String reply) throws Exception {
        try (Peer peer = Peer.of(line -> {
            while (!line.request().isEmpty()) {
                line.drip(reply);
            }
        })) {
            for (int i = 0; i < 3; i++) {
                assertThat(text(transport.send(get(peer.uri())))).isEqualTo("hello, world");
            }
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_body_may_be_cut_off_at_every_byte_and_is_never_taken_for_whole() throws Exception {
        for (int at = CHUNKED.indexOf("\r\n5\r\n") + 4; at < CHUNKED.length(); at++) {
            try (Peer peer = Peer.answering(CHUNKED.substring(0, at))) {
                assertThat(Later.reasonOf(
                                () -> transport.send(get(peer.uri())).body().readAllBytes()))
                        .as("cut off at %d", at)
                        .isEqualTo(TransportException.Reason.TRUNCATED);
            }
        }
    }

    @Test
    void chunks_of_every_size_and_reads_of_every_size_give_the_same_bytes() throws Exception {
        byte[] all = Bytes.some(150_000);
        String text = new String(all, java.nio.charset.StandardCharsets.ISO_8859_1);
        for (int size : new int[] {1, 7, 1000, 16_380, 16_384, 16_400, 40_000, 150_000}) {
            try (Peer peer = Peer.of(line -> {
                line.request();
                line.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks(text, size));
            })) {
                for (int read : new int[] {1, 100, 16_384, 100_000}) {
                    HttpReply reply = transport.send(get(peer.uri()));
                    assertThat(read(reply, read, all.length))
                            .as("chunks of %d, reads of %d", size, read)
                            .isEqualTo(all);
                }
            }
        }
    }

    private static String chunks(String text, int size) {
        StringBuilder chunks = new StringBuilder();
        for (int at = 0; at < text.length(); at += size) {
            String chunk = text.substring(at, Math.min(text.length(), at + size));
            chunks.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return chunks.append("0\r\n\r\n").toString();
    }

    private static byte[] read(HttpReply reply, int size, int expected) throws Exception {
        byte[] all = new byte[expected];
        byte[] buffer = new byte[size];
        int at = 0;
        for (int count = reply.body().read(buffer);
                count >= 0;
                count = reply.body().read(buffer)) {
            System.arraycopy(buffer, 0, all, at, count);
            at += count;
        }
        assertThat(at).isEqualTo(expected);
        return all;
    }
}
