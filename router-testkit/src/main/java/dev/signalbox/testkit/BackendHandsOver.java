package dev.signalbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.signalbox.spi.BackendReply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a backend makes of a good reply. */
abstract class BackendHandsOver extends BackendSends {

    private static final String ODD = "data: {\"odd\" :1.0, \"ü\": \"\uD83D\uDE82\"}\r\n\n: x\n\ndata:[DONE]";

    @TestFactory
    Stream<DynamicTest> hands_the_reply_over_byte_for_byte() {
        Reply odd =
                Reply.status(200).header("Content-Type", "text/event-stream").chunk(ODD);
        Map<String, Reply> framings = new LinkedHashMap<>();
        framings.put("with a length", odd);
        framings.put("in chunks", odd.split(7).chunked());
        framings.put("in chunks of one byte", odd.split(1).chunked());
        framings.put("until the connection ends", odd.untilClose());
        framings.put("as HTTP/1.0", odd.http10());
        framings.put("in packets of one byte", odd.chunked().byteByByte());
        framings.put("after interim heads", odd.informs(100).informs(103));
        framings.put(
                "with more white space in its head", odd.header("X-Empty", "").header("X-Wide", "  a \t"));
        return framings.entrySet().stream()
                .map(framing -> dynamicTest(framing.getKey(), () -> {
                    server.replies(framing.getValue());
                    assertThat(read(streamed())).asString(UTF_8).isEqualTo(ODD);
                }));
    }

    @Test
    void returns_at_the_head_and_gives_bytes_as_soon_as_they_are_there() throws Exception {
        Gate first = Gate.closed();
        Gate second = Gate.closed();
        server.replies(Reply.stream("text/event-stream")
                .pause(first)
                .chunk("data: 1\n\n")
                .pause(second)
                .chunk("data: 2\n\n"));

        try (BackendReply reply = backend.exchange(streamed())) {
            assertThat(reply.status()).isEqualTo(200);
            first.open();
            assertThat(reply.body().readNBytes(9)).asString(UTF_8).isEqualTo("data: 1\n\n");
            second.open();
            assertThat(reply.body().readAllBytes()).asString(UTF_8).isEqualTo("data: 2\n\n");
        }
    }

    @Test
    void lets_those_headers_cross_that_a_client_can_use() throws Exception {
        server.replies(Reply.json(200, "{}")
                .header("x-ratelimit-remaining-requests", "7")
                .header("Set-Cookie", "a=b")
                .header("Keep-Alive", "timeout=5"));

        try (BackendReply reply = backend.exchange(call())) {
            assertThat(reply.headers().first("X-RateLimit-Remaining-Requests")).contains("7");
            assertThat(reply.headers().first("content-type")).contains("application/json");
            assertThat(reply.headers().first("set-cookie")).isEmpty();
            assertThat(reply.headers().first("keep-alive")).isEmpty();
            assertThat(reply.headers().first("content-length")).isEmpty();
        }
    }

    @Test
    void takes_a_large_reply() throws Exception {
        String large = "{\"text\":\"" + "all clear ".repeat(800_000) + "\"}";
        server.replies(200, large);

        assertThat(read(call())).asString(UTF_8).isEqualTo(large);
    }

    @Test
    void takes_a_reply_without_a_body() throws Exception {
        server.replies(Reply.status(200));

        assertThat(read(call())).isEmpty();
    }

    @Test
    void closing_a_reply_twice_or_after_its_end_does_nothing() throws Exception {
        server.otherwise(request -> Reply.json(200, "{}"));
        BackendReply reply = backend.exchange(call());
        assertThat(reply.body().readAllBytes()).asString(UTF_8).isEqualTo("{}");

        reply.close();
        reply.close();

        assertThat(read(call())).asString(UTF_8).isEqualTo("{}");
        assertThat(server.clientLeft()).isNotDone();
    }
}
