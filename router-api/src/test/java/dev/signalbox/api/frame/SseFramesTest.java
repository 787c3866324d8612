package dev.signalbox.api.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SseFramesTest {

    @Test
    void reads_data_with_and_without_a_space_after_the_colon() throws Exception {
        assertThat(textsOf("data: one\n\ndata:two\n\ndata:  three\n\n")).containsExactly("one", "two", " three");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void takes_every_kind_of_line_end(String lineEnd) throws Exception {
        String stream = "event: delta\ndata: a\ndata: b\n\n: alive\ndata: c\n\n".replace("\n", lineEnd);

        List<Frame> frames = framesOf(stream);

        assertThat(frames)
                .extracting(Frame::kind)
                .containsExactly(Frame.Kind.DATA, Frame.Kind.COMMENT, Frame.Kind.DATA);
        assertThat(frames.getFirst().text()).isEqualTo("a\nb");
        assertThat(frames.getFirst().event()).contains("delta");
        assertThat(frames.getFirst().raw())
                .asString(UTF_8)
                .isEqualTo("event: delta\ndata: a\ndata: b\n\n".replace("\n", lineEnd));
    }

    @Test
    void does_not_hold_back_an_event_of_a_stream_with_lone_carriage_returns() throws Exception {
        List<Frame> frames = new ArrayList<>();
        byte[] bytes = "data: one\r\r".getBytes(UTF_8);

        Framing.SSE.parser().feed(bytes, 0, bytes.length, frames::add);

        assertThat(frames).extracting(Frame::text).containsExactly("one");
    }

    @Test
    void keeps_the_line_feed_with_its_carriage_return_when_a_read_ends_between_them() throws Exception {
        FrameParser parser = Framing.SSE.parser();
        List<Frame> frames = new ArrayList<>();
        byte[] bytes = "data: one\r\n\r\n".getBytes(UTF_8);

        parser.feed(bytes, 0, bytes.length - 1, frames::add);
        assertThat(frames).isEmpty();
        parser.feed(bytes, bytes.length - 1, 1, frames::add);

        assertThat(frames)
                .singleElement()
                .satisfies(frame -> assertThat(frame.raw()).isEqualTo(bytes));
        assertThat(parser.pending()).isZero();
    }

    @Test
    void tells_comments_from_frames_that_carry_nothing() throws Exception {
        assertThat(framesOf(": keepalive 10/200\n\nevent: ping\n\nid: 7\nretry: 3000\n\ndata\n\n"))
                .extracting(Frame::kind)
                .containsExactly(Frame.Kind.COMMENT, Frame.Kind.EMPTY, Frame.Kind.EMPTY, Frame.Kind.DATA);
    }

    @Test
    void hands_a_comment_over_before_anything_follows_it() throws Exception {
        List<Frame> frames = new ArrayList<>();

        Framing.SSE.parser().feed(":\n".getBytes(UTF_8), 0, 2, frames::add);

        assertThat(frames).extracting(Frame::kind).containsExactly(Frame.Kind.COMMENT);
    }

    @Test
    void leaves_a_comment_in_the_middle_of_an_event_in_its_bytes_and_out_of_its_data() throws Exception {
        Frame frame = framesOf("data: a\n: alive\ndata: b\n\n").getFirst();

        assertThat(frame.text()).isEqualTo("a\nb");
        assertThat(frame.raw()).asString(UTF_8).contains(": alive");
    }

    @Test
    void reads_any_field_and_takes_the_last_of_several() throws Exception {
        Frame frame = framesOf("id: 1\nid: 2\nretry\nmood:  good\ndata: x\n\n").getFirst();

        assertThat(frame.field("id")).contains("2");
        assertThat(frame.field("retry")).contains("");
        assertThat(frame.field("mood")).contains(" good");
        assertThat(frame.event()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: last", "data: last\n", "data: last\r", "data: last\r\n"})
    void delivers_a_last_event_that_lacks_its_empty_line(String stream) throws Exception {
        assertThat(framesOf(stream)).singleElement().satisfies(frame -> {
            assertThat(frame.text()).isEqualTo("last");
            assertThat(frame.raw()).asString(UTF_8).isEqualTo(stream);
        });
    }

    @Test
    void reads_past_a_byte_order_mark() throws Exception {
        assertThat(textsOf("\uFEFFdata: one\n\n")).containsExactly("one");
        assertThat(framesOf("\uFEFF: hello\n")).extracting(Frame::kind).containsExactly(Frame.Kind.COMMENT);
    }

    @Test
    void refuses_a_frame_beyond_the_limit_after_it_delivered_those_before() {
        List<Frame> frames = new ArrayList<>();
        byte[] bytes = "data: ok\n\ndata: far too long\n\n".getBytes(UTF_8);

        assertThatThrownBy(() -> Framing.SSE.parser(10).feed(bytes, 0, bytes.length, frames::add))
                .isInstanceOfSatisfying(
                        FrameTooLarge.class,
                        failure -> assertThat(failure.limit()).isEqualTo(10))
                .hasMessage("A frame of the SSE stream has 20 bytes or more; at most 10 are read");
        assertThat(frames).extracting(Frame::text).containsExactly("ok");
    }

    @Test
    void refuses_a_line_that_never_ends_as_soon_as_the_limit_is_passed() throws Exception {
        FrameParser parser = Framing.SSE.parser(1000);
        byte[] bytes = "data: endless ".repeat(40).getBytes(UTF_8);
        parser.feed(bytes, 0, bytes.length, frame -> {});

        assertThatThrownBy(() -> parser.feed(bytes, 0, bytes.length, frame -> {}))
                .isInstanceOf(FrameTooLarge.class);
    }

    @Test
    void stays_quick_when_an_event_has_very_many_lines() throws Exception {
        Frame frame = framesOf("data:\n".repeat(200_000) + "\n").getFirst();

        assertThat(frame.data()).hasSize(199_999);
    }

    private static List<String> textsOf(String stream) throws Exception {
        return framesOf(stream).stream().map(Frame::text).toList();
    }

    /** All frames but the empty ones between them that a comment's blank line leaves. */
    private static List<Frame> framesOf(String stream) throws Exception {
        return Feeding.whole(Framing.SSE, stream.getBytes(UTF_8)).stream()
                .filter(frame -> frame.length() > 2)
                .toList();
    }
}
