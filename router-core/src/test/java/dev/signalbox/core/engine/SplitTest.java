package dev.signalbox.core.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.AnswerFrame;
import dev.signalbox.api.BrokenOff;
import dev.signalbox.api.RoutedResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** However the bytes of a server fall into packets, the client gets the same. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SplitTest extends EngineFixture {

    private static final String GOOD = Chat.PING + Chat.stream("Grüße", "🚂");
    private static final String BAD = Chat.PING + Chat.ROLE + Chat.text("Grüße") + Chat.ERROR + Chat.DONE;

    @BeforeEach
    void one_backend() {
        layout.backend("gpu", "m");
    }

    @Test
    void a_stream_is_the_same_wherever_it_is_split() throws Exception {
        for (int at = 1; at < GOOD.getBytes(UTF_8).length; at++) {
            serve(GOOD, at);
            assertThat(bytes(stream("gpu/m"))).isEqualTo(Chat.stream("Grüße", "🚂"));
        }
    }

    @Test
    void a_stream_is_the_same_if_it_comes_byte_by_byte() throws Exception {
        backends.on("gpu", call -> {
            Tape tape = Tape.sse();
            for (byte each : GOOD.getBytes(UTF_8)) {
                tape.then(new byte[] {each});
            }
            return tape;
        });
        assertThat(bytes(stream("gpu/m"))).isEqualTo(Chat.stream("Grüße", "🚂"));
    }

    @Test
    void a_broken_stream_breaks_at_the_same_place_wherever_it_is_split() throws Exception {
        serve(BAD, BAD.getBytes(UTF_8).length - 1);
        String whole = bytes(stream("gpu/m"));
        assertThat(whole)
                .startsWith(Chat.ROLE + Chat.text("Grüße") + "data: {\"error\"")
                .doesNotContain("[DONE]");
        for (int at = 1; at < BAD.getBytes(UTF_8).length; at++) {
            serve(BAD, at);
            assertThat(bytes(stream("gpu/m"))).isEqualTo(whole);
        }
    }

    @Test
    void an_error_that_came_with_the_first_content_is_no_frame_of_the_answer() throws Exception {
        for (int at = 1; at < BAD.getBytes(UTF_8).length; at++) {
            serve(BAD, at);
            List<String> texts = new ArrayList<>();
            try (RoutedResponse response = ask(stream("gpu/m"))) {
                Iterable<AnswerFrame> frames = response.frames();
                assertThat(catchThrowableOfType(
                                BrokenOff.class, () -> frames.forEach(frame -> texts.add(frame.text()))))
                        .isNotNull();
            }
            assertThat(texts).containsExactly("", "Grüße");
        }
    }

    private void serve(String stream, int splitAt) {
        byte[] all = stream.getBytes(UTF_8);
        backends.on(
                "gpu",
                call -> Tape.sse()
                        .then(Arrays.copyOfRange(all, 0, splitAt))
                        .then(Arrays.copyOfRange(all, splitAt, all.length)));
    }
}
