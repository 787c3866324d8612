package dev.signalbox.api.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random streams, each read in many ways; a failure names the seed that made its stream. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnySplitTest {

    private static final String[] PIECES = {
        "data: ",
        "data:",
        "data",
        "event: e",
        "id: 1",
        "retry: 5",
        ": c",
        ":",
        "{\"a\":\"ü€😀\"}",
        "[DONE]",
        " ",
        "x: y",
        "\n",
        "\n",
        "\n",
        "\n\n",
        "\n\n",
        "\r\n",
        "\r\n",
        "\r\n\r\n",
        "\r",
        "\r\r",
        "\uFEFF"
    };

    private static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void any_split_of_a_stream_of_events_gives_the_same_frames(long seed) throws Exception {
        checkSplits(Framing.SSE, seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void any_split_of_a_stream_of_lines_gives_the_same_frames(long seed) throws Exception {
        checkSplits(Framing.NDJSON, seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void events_are_those_the_specification_finds(long seed) throws Exception {
        String mark = seed % 4 == 0 ? "\uFEFF" : ""; // only at the beginning is it no part of the text
        String stream = mark + stream(new Random(seed)).replace("\uFEFF", "");

        List<Frame> frames = Feeding.whole(Framing.SSE, stream.getBytes(UTF_8));

        assertThat(frames)
                .filteredOn(frame -> frame.kind() == Frame.Kind.DATA)
                .extracting(frame -> frame.event().orElse("") + "|" + frame.text())
                .isEqualTo(eventsBySpecification(stream));
    }

    private static void checkSplits(Framing framing, long seed) throws Exception {
        RandomGenerator random = new Random(seed);
        byte[] bytes = stream(random).getBytes(UTF_8);

        List<Frame> expected = Feeding.whole(framing, bytes);

        assertThat(Feeding.joined(expected)).isEqualTo(bytes);
        assertThat(Feeding.inPieces(framing, bytes, 1)).isEqualTo(expected);
        assertThat(Feeding.inPieces(framing, bytes, 2)).isEqualTo(expected);
        for (int round = 0; round < 5; round++) {
            assertThat(Feeding.inRandomPieces(framing, bytes, random)).isEqualTo(expected);
        }
    }

    private static String stream(RandomGenerator random) {
        StringBuilder stream = new StringBuilder();
        for (int count = random.nextInt(40); count > 0; count--) {
            stream.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return stream.toString();
    }

    /** The algorithm of the HTML standard on a string, except that a last event needs no empty line. */
    private static List<String> eventsBySpecification(String stream) {
        List<String> events = new ArrayList<>();
        List<String> data = new ArrayList<>();
        String event = "";
        String text = stream.startsWith("\uFEFF") ? stream.substring(1) : stream;
        for (String line : (text + "\n\n").split("\r\n|\n|\r", -1)) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    events.add(event + "|" + String.join("\n", data));
                }
                data.clear();
                event = "";
            } else if (name.equals("data")) {
                data.add(value);
            } else if (name.equals("event")) {
                event = value;
            }
        }
        return events;
    }
}
