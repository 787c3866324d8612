package dev.signalbox.api.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NdjsonFramesTest {

    @Test
    void cuts_at_line_feeds_and_keeps_every_byte() throws Exception {
        List<Frame> frames = framesOf("{\"a\":1}\r\n {\"b\":2}\n\n{\"c\":3}");

        assertThat(frames).extracting(Frame::text).containsExactly("{\"a\":1}", "{\"b\":2}", "", "{\"c\":3}");
        assertThat(frames)
                .extracting(frame -> new String(frame.raw(), UTF_8))
                .containsExactly("{\"a\":1}\r\n", " {\"b\":2}\n", "\n", "{\"c\":3}");
    }

    @Test
    void calls_a_blank_line_empty() throws Exception {
        assertThat(framesOf("{}\n \r\n")).extracting(Frame::kind).containsExactly(Frame.Kind.DATA, Frame.Kind.EMPTY);
    }

    @Test
    void reads_past_a_byte_order_mark() throws Exception {
        assertThat(framesOf("\uFEFF{}\n")).extracting(Frame::text).containsExactly("{}");
    }

    @Test
    void takes_a_line_of_several_megabytes() throws Exception {
        String line = "{\"image\":\"" + "QUJD".repeat(1_000_000) + "\"}";

        assertThat(framesOf(line + "\n"))
                .singleElement()
                .extracting(Frame::text)
                .isEqualTo(line);
    }

    @Test
    void refuses_a_line_beyond_the_limit() {
        byte[] bytes = "{\"text\":\"long\"}\n".getBytes(UTF_8);

        assertThatThrownBy(() -> Framing.NDJSON.parser(8).feed(bytes, 0, bytes.length, frame -> {}))
                .isInstanceOf(FrameTooLarge.class)
                .hasMessageContaining("NDJSON")
                .hasMessageContaining("at most 8");
    }

    private static List<Frame> framesOf(String stream) throws Exception {
        return Feeding.whole(Framing.NDJSON, stream.getBytes(UTF_8));
    }
}
