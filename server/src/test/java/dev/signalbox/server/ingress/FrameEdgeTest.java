package dev.signalbox.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.frame.Framing;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FrameEdgeTest {

    @Test
    void nothing_is_between_two_frames() {
        assertThat(new FrameEdge(Framing.SSE).between()).isTrue();
        assertThat(new FrameEdge(Framing.NDJSON).between()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: 1\n\n", "data: 1\r\n\r\n", "data: 1\r\r", ": ping\n\n"})
    void an_event_ends_with_an_empty_line(String event) {
        assertThat(after(Framing.SSE, event)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: 1", "data: 1\n", "data: 1\r\n", "data: 1\r\n\r", "event: a\ndata: 1\n"})
    void an_event_without_its_empty_line_goes_on(String event) {
        assertThat(after(Framing.SSE, event)).isFalse();
    }

    @Test
    void a_line_ends_with_its_end() {
        assertThat(after(Framing.NDJSON, "{\"a\":1}\n")).isTrue();
        assertThat(after(Framing.NDJSON, "{\"a\":1}")).isFalse();
    }

    @Test
    void the_empty_line_may_come_in_pieces() {
        FrameEdge edge = new FrameEdge(Framing.SSE);
        for (byte each : "data: 1\r\n\r\n".getBytes(StandardCharsets.UTF_8)) {
            edge.wrote(new byte[] {each}, 1);
        }
        assertThat(edge.between()).isTrue();
    }

    private static boolean after(Framing framing, String text) {
        FrameEdge edge = new FrameEdge(framing);
        edge.wrote(text.getBytes(StandardCharsets.UTF_8), text.length());
        return edge.between();
    }
}
