package dev.signalbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HttpReaderTest {
    private final Written written = new Written();

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1_000})
    void reads_a_body_of_a_known_length(int size) throws ProtocolException {
        read(replies(), "HTTP/1.1 200 OK\r\ncontent-LENGTH:  5\r\n\r\nhello", size);
        assertThat(written).hasToString("<HTTP/1.1 200 OK>hello</>");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1_000})
    void reads_a_body_in_chunks(int size) throws ProtocolException {
        String chunks = "5\r\nhello\r\nA;odd=1\r\n, you two.\r\n0\r\nTrailer: 1\r\n\r\n";
        read(replies(), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-After: 1\r\n\r\n" + chunks, size);
        assertThat(written).hasToString("<HTTP/1.1 200 OK>hello, you two.</>");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1_000})
    void reads_one_message_after_another(int size) throws ProtocolException {
        String first = "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n";
        String second = "GET /b HTTP/1.1\r\nHost: here\r\n\r\n";
        String third = "POST /c HTTP/1.1\r\nContent-Length: 2\r\n\r\nyz";
        read(HttpReader.ofRequests(written), first + second + third, size);
        assertThat(written).hasToString("<POST /a HTTP/1.1>x</><GET /b HTTP/1.1></><POST /c HTTP/1.1>yz</>");
    }

    @Test
    void a_reply_without_a_length_ends_with_the_connection() throws ProtocolException {
        HttpReader reader = replies();
        read(reader, "HTTP/1.1 200 OK\r\n\r\nhello", 4);
        assertThat(written).hasToString("<HTTP/1.1 200 OK>hello");
        reader.closed();
        assertThat(written).hasToString("<HTTP/1.1 200 OK>hello</>");
    }

    @Test
    void a_body_that_is_cut_short_does_not_end() throws ProtocolException {
        HttpReader reader = replies();
        read(reader, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", 4);
        reader.closed();
        assertThat(written).hasToString("<HTTP/1.1 200 OK>hell");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "five", "99999999999", ""})
    void refuses_a_length_that_is_none(String length) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> read(replies(), "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n", 1_000))
                .withMessageContaining("\"" + length + "\"");
    }

    @Test
    void refuses_a_line_without_end() {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> read(replies(), "x".repeat(10_000), 1_000));
    }

    @Test
    void refuses_a_head_without_end() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> read(replies(), "HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(200), 1_000));
    }

    private HttpReader replies() {
        return HttpReader.ofReplies(written);
    }

    private static void read(HttpReader reader, String text, int size) throws ProtocolException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < bytes.length; at += size) {
            reader.read(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)));
        }
    }

    /** Writes down what it is told; it reads only the first byte of each part, which must not confuse the reader. */
    private static final class Written implements HttpReader.Sink {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void head(String startLine) {
            text.append('<').append(startLine).append('>');
        }

        @Override
        public void body(ByteBuffer part) {
            text.append(StandardCharsets.US_ASCII.decode(part.duplicate()));
            part.get();
        }

        @Override
        public void end() {
            text.append("</>");
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
