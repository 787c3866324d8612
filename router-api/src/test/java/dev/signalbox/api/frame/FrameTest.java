package dev.signalbox.api.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FrameTest {

    @Test
    void writes_what_the_official_clients_expect() throws Exception {
        assertThat(written(Frame.data("[DONE]"))).isEqualTo("data: [DONE]\n\n");
        assertThat(written(Frame.event("ping", "{\"type\":\"ping\"}")))
                .isEqualTo("event: ping\ndata: {\"type\":\"ping\"}\n\n");
        assertThat(written(Frame.comment("waiting"))).isEqualTo(": waiting\n\n");
        assertThat(written(Frame.line("{\"done\":true}"))).isEqualTo("{\"done\":true}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one", "one\ntwo", "\none\n\ntwo\n", "one\r\ntwo\rthree"})
    void data_it_was_made_of_is_read_back_with_line_feeds(String data) throws Exception {
        byte[] written = Frame.event("any", data).raw();

        assertThat(Feeding.whole(Framing.SSE, written)).singleElement().satisfies(frame -> {
            assertThat(frame.text()).isEqualTo(data.replace("\r\n", "\n").replace('\r', '\n'));
            assertThat(frame.event()).contains("any");
        });
    }

    @Test
    void refuses_to_write_what_would_be_another_frame() {
        assertThatThrownBy(() -> Frame.line("{\n}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Frame.event("a\nb", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Frame.comment("a\rb")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void finds_bytes_wherever_they_stand() {
        Frame frame = Frame.data("{\"usage\":{}}");

        assertThat(frame.contains("\"usage\"".getBytes(UTF_8))).isTrue();
        assertThat(frame.contains("}\n\n".getBytes(UTF_8))).isTrue();
        assertThat(frame.contains("\"usages\"".getBytes(UTF_8))).isFalse();
    }

    @Test
    void cannot_be_changed_through_the_bytes_it_gave_away() {
        Frame frame = Frame.line("{}");

        frame.raw()[0] = 'x';
        frame.data()[0] = 'x';

        assertThat(frame.text()).isEqualTo("{}");
    }

    @Test
    void keeps_what_people_wrote_out_of_its_description() {
        assertThat(Frame.data("secret")).hasToString("Frame[SSE DATA, 14 bytes]");
    }

    @Test
    void tells_the_framing_from_the_content_type() {
        assertThat(Framing.of("text/event-stream; charset=utf-8")).contains(Framing.SSE);
        assertThat(Framing.of("Application/X-NDJSON")).contains(Framing.NDJSON);
        assertThat(Framing.of("application/json")).isEmpty();
    }

    private static String written(Frame frame) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        frame.writeTo(out);
        return out.toString(UTF_8);
    }
}
