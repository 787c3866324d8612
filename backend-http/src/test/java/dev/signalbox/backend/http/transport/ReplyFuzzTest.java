package dev.signalbox.backend.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whatever a server sends, it is read as the one reply it can mean or refused, and what comes after it is never taken
 * for a part of it. What it can mean says {@link ReplyGrammar}, which was written without looking at the reader.
 *
 * <p>A usual build replays the seeds. To look for new inputs, ten million of them, which takes half an hour:
 *
 * <pre>{@code
 * ./mvnw -Plong -pl backend-http -am test -Dtest=ReplyFuzzTest -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 */
class ReplyFuzzTest {

    private static final HttpCall CALL = HttpCall.get(URI.create("http://127.0.0.1:1/"), Deadline.never());
    private static final Watch WATCH = new Watch();

    /** The first byte says how the network cuts the rest into pieces, and whether the request was {@code HEAD}. */
    @FuzzTest(maxDuration = "3h", maxExecutions = 10_000_000)
    void a_reply_is_read_as_what_it_means_or_refused(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        byte[] reply = Arrays.copyOfRange(input, 1, input.length);
        String method = input[0] < 0 ? "HEAD" : "GET";
        Optional<ReplyGrammar.Meaning> meant = ReplyGrammar.meaning(reply, method);
        Optional<ReplyGrammar.Meaning> read = read(reply, method, 1 + (input[0] & 0x7f));
        assertThat(read).isEqualTo(meant);
    }

    private static Optional<ReplyGrammar.Meaning> read(byte[] reply, String method, int piece) throws IOException {
        InputStream network = new Pieces(reply, piece);
        Input input = new Input(network);
        Exchange exchange = Exchange.begin(CALL.endedBy(Cancellation.create()), Origin.of(CALL.uri()), WATCH);
        try {
            ReplyHead head = HeadReader.read(input);
            SocketReply read = SocketReply.of(head, method, input, exchange, exchange::release);
            byte[] body = read.body().readAllBytes();
            int rest = input.buffered() + network.readAllBytes().length;
            return Optional.of(new ReplyGrammar.Meaning(head.status(), body, rest));
        } catch (Fault | TransportException refused) {
            return Optional.empty();
        } finally {
            exchange.close();
        }
    }

    /** A network that never hands over more than so many bytes at once. */
    private static final class Pieces extends InputStream {

        private final ByteArrayInputStream bytes;
        private final int largest;

        Pieces(byte[] bytes, int largest) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.largest = largest;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public byte[] readAllBytes() {
            return bytes.readAllBytes();
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            assertThat(length).as("a read that asks for nothing waits for ever").isPositive();
            return bytes.read(to, offset, Math.min(length, largest));
        }
    }
}
