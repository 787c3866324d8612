package dev.signalbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReplyCheckTest {
    private static final String OK = "HTTP/1.1 200 OK";
    private static final String DONE = "data: [DONE]\n\n";

    private final List<Long> planned = new ArrayList<>();
    private final ReplyCheck check = new ReplyCheck(Script.stream(3, Duration.ZERO), Client.OPENAI, planned::add);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 1_000})
    void accepts_a_whole_stream_in_pieces_of_any_size(int size) {
        assertThat(problem(OK, mark(7, 0) + mark(7, 1) + mark(7, 2) + DONE, size))
                .isEmpty();
        assertThat(planned).containsExactly(1_000L, 1_001L, 1_002L);
    }

    @Test
    void accepts_one_reply_after_another() {
        String body = mark(7, 0) + mark(7, 1) + mark(7, 2) + DONE;
        assertThat(problem(OK, body + "~0001", 100)).isNotEmpty();
        assertThat(problem(OK, body, 100)).isEmpty();
    }

    @Test
    void finds_a_lost_chunk() {
        assertThat(problem(OK, mark(7, 0) + mark(7, 2) + DONE, 9))
                .isEqualTo("mark 2 of request 7 arrived where mark 1 of request 7 belongs");
    }

    @Test
    void finds_a_missing_end_of_the_chunks() {
        assertThat(problem(OK, mark(7, 0) + mark(7, 1) + DONE, 9)).isEqualTo("2 of 3 marks arrived");
    }

    @Test
    void finds_a_repeated_chunk() {
        assertThat(problem(OK, mark(7, 0) + mark(7, 1) + mark(7, 1) + mark(7, 2) + DONE, 9))
                .isEqualTo("mark 1 of request 7 arrived where mark 2 of request 7 belongs");
    }

    @Test
    void finds_the_reply_to_another_request() {
        assertThat(problem(OK, mark(8, 0) + mark(8, 1) + mark(8, 2) + DONE, 9))
                .isEqualTo("mark 0 of request 8 arrived where mark 0 of request 7 belongs");
    }

    @Test
    void finds_a_damaged_chunk() {
        String damaged = mark(7, 1).replace('.', ',');
        assertThat(problem(OK, mark(7, 0) + damaged + mark(7, 2) + DONE, 9)).isNotEmpty();
    }

    @Test
    void finds_a_stream_without_its_end() {
        assertThat(problem(OK, mark(7, 0) + mark(7, 1) + mark(7, 2), 9))
                .isEqualTo("the stream does not end as one of OPENAI does");
    }

    @Test
    void knows_the_end_that_each_client_waits_for() {
        ReplyCheck anthropic = new ReplyCheck(Script.stream(1, Duration.ZERO), Client.ANTHROPIC, at -> {});
        for (String end : List.of("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n", DONE)) {
            anthropic.expect(7);
            anthropic.head(OK);
            anthropic.body(ByteBuffer.wrap(bytes(mark(7, 0) + end)));
            assertThat(anthropic.problem().isEmpty()).isEqualTo(!end.equals(DONE));
        }
    }

    @Test
    void finds_a_status_that_is_not_200() {
        assertThat(problem("HTTP/1.1 502 Bad Gateway", "", 9))
                .isEqualTo("the status line is \"HTTP/1.1 502 Bad Gateway\"");
    }

    @Test
    void finds_a_body_that_is_too_short() {
        ReplyCheck whole = new ReplyCheck(Script.plain(1_000), Client.OPENAI, at -> {});
        whole.expect(7);
        whole.head(OK);
        whole.body(ByteBuffer.wrap(bytes(mark(7, 0) + mark(7, 1))));
        assertThat(whole.problem()).contains("the body has 84 of 1000 bytes");
    }

    private String problem(String statusLine, String body, int size) {
        check.expect(7);
        check.head(statusLine);
        byte[] bytes = bytes(body);
        for (int at = 0; at < bytes.length; at += size) {
            check.body(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)));
        }
        return check.problem().orElse("");
    }

    private static String mark(long id, long place) {
        byte[] mark = Marks.blankBytes();
        Marks.write(mark, 0, id, place, 1_000 + place);
        return new String(mark, StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
