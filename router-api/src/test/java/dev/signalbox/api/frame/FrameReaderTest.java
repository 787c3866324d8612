package dev.signalbox.api.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FrameReaderTest {

    @Test
    void returns_frame_after_frame_and_then_nothing() throws Exception {
        FrameReader reader = new FrameReader(stream("{\"a\":1}\n{\"b\":2}"), Framing.NDJSON);

        assertThat(reader.next()).map(Frame::text).contains("{\"a\":1}");
        assertThat(reader.next()).map(Frame::text).contains("{\"b\":2}");
        assertThat(reader.next()).isEmpty();
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void says_when_a_frame_is_there_without_reading() throws Exception {
        FrameReader reader = new FrameReader(stream("{}\n{}\n"), Framing.NDJSON);

        assertThat(reader.ready()).isFalse();
        reader.next();
        assertThat(reader.ready()).isTrue();
        reader.next();
        assertThat(reader.ready()).isFalse();
    }

    @Test
    void returns_the_frames_before_one_that_is_too_large() throws Exception {
        FrameReader reader = new FrameReader(stream("{}\n{\"long\":true}\n"), Framing.NDJSON, 5);

        assertThat(reader.next()).isPresent();
        assertThatThrownBy(reader::next).isInstanceOf(FrameTooLarge.class);
        assertThatThrownBy(reader::next).isInstanceOf(FrameTooLarge.class);
    }

    @Test
    void passes_on_that_the_stream_broke_off_instead_of_delivering_half_a_frame() throws Exception {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        };
        FrameReader reader =
                new FrameReader(new SequenceInputStream(stream("data: 1\n\ndata: 2"), broken), Framing.SSE);

        assertThat(reader.next()).map(Frame::text).contains("1");
        assertThatThrownBy(reader::next).isInstanceOf(IOException.class).hasMessage("reset");
    }

    @Test
    void closes_the_stream() throws Exception {
        boolean[] closed = {false};
        InputStream in = new ByteArrayInputStream(new byte[0]) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        new FrameReader(in, Framing.SSE).close();

        assertThat(closed[0]).isTrue();
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
