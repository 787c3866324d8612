package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a backend says when there is no good reply. */
abstract class BackendFails extends BackendHandsOver {

    private static final int LONGEST_MESSAGE = 1_001; // a thousand and the sign that something was left out

    @TestFactory
    Stream<DynamicTest> tells_what_an_error_status_means() {
        Map<Integer, FailureKind> kinds = new TreeMap<>(Map.of(
                400, FailureKind.REJECTED,
                401, FailureKind.UNAUTHORIZED,
                429, FailureKind.OVERLOADED,
                500, FailureKind.SERVER_ERROR,
                501, FailureKind.UNSUPPORTED));
        return kinds.entrySet().stream()
                .map(kind -> dynamicTest(kind.getKey() + " is " + kind.getValue(), () -> {
                    server.replies(kind.getKey(), "{\"error\":{\"message\":\"signal lost\",\"type\":\"odd\"}}");

                    Failure failure = failure(call()).failure();

                    assertThat(failure.kind()).isEqualTo(kind.getValue());
                    assertThat(failure.status()).isEqualTo(kind.getKey());
                    assertThat(failure.message()).contains("signal lost").doesNotContain("\"error\"");
                }));
    }

    @Test
    void tells_when_the_server_wants_to_be_asked_again() {
        server.replies(Reply.json(429, "{}").header("Retry-After", "7"));

        assertThat(failure(call()).failure().retryAfter()).contains(Duration.ofSeconds(7));
    }

    @TestFactory
    Stream<DynamicTest> takes_any_error_body() {
        return Stream.of(
                        "",
                        "<html>bad gateway</html>",
                        "{",
                        "null",
                        "[]",
                        "{\"error\":null}",
                        "{\"error\":[1]}",
                        "\u0000")
                .map(body -> dynamicTest("\"" + body + "\"", () -> {
                    server.replies(Reply.text(500, body));
                    assertThat(failure(call()).failure().status()).isEqualTo(500);
                }));
    }

    @Test
    void does_not_repeat_a_long_error_at_length() {
        server.replies(Reply.text(500, "signal lost ".repeat(400_000)));

        assertThat(failure(call()).getMessage()).hasSizeLessThanOrEqualTo(LONGEST_MESSAGE);
    }

    @Test
    void waits_for_the_end_of_an_error_no_longer_than_the_deadline() {
        server.replies(Reply.text(500, "signal").thenStalls());

        Later<BackendException> failure = Later.run(() -> failure(soon(call())));

        assertThat(failure.result()).succeedsWithin(PATIENCE);
    }

    @Test
    void follows_no_redirect() {
        try (ScriptedServer elsewhere = ScriptedServer.start()) {
            server.replies(Reply.status(307).header("Location", elsewhere.uri() + "/v1/chat/completions"));

            failure(call());

            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void a_server_that_refuses_connections_is_unreachable() {
        try (ClosedPort port = ClosedPort.reserve();
                Backend nobody = backendFor(port.uri())) {
            assertThat(failure(nobody, call()).kind()).isEqualTo(FailureKind.UNREACHABLE);
        }
    }

    @TestFactory
    Stream<DynamicTest> asks_no_second_time_when_a_fresh_connection_ends_without_a_reply() {
        return Map.of("closed", Reply.hangUp(), "reset", Reply.reset()).entrySet().stream()
                .map(end -> dynamicTest(end.getKey(), () -> {
                    try (ScriptedServer fresh = ScriptedServer.start();
                            Backend other = backendFor(fresh.uri())) {
                        fresh.otherwise(request -> end.getValue());
                        assertThat(failure(other, call()).kind())
                                .isIn(FailureKind.UNREACHABLE, FailureKind.BROKEN_REPLY);
                        assertThat(fresh.requests()).hasSize(1);
                    }
                }));
    }

    @Test
    void an_answer_that_is_no_http_is_a_broken_reply() {
        server.replies(Reply.noise("SSH-2.0-OpenSSH_9.9\r\n"));

        assertThat(failure(call()).kind()).isEqualTo(FailureKind.BROKEN_REPLY);
    }

    @Test
    void silence_before_the_head_times_out_at_the_deadline() {
        server.replies(Reply.stall());

        Later<BackendException> failure = Later.run(() -> failure(soon(call())));

        assertThat(failure.result())
                .succeedsWithin(PATIENCE)
                .extracting(BackendException::kind)
                .isEqualTo(FailureKind.TIMED_OUT);
        assertThat(server.clientLeft()).succeedsWithin(AT_ONCE);
    }

    @Test
    void silence_in_the_body_times_out_at_the_deadline() throws Exception {
        server.repliesThenStalls(200, "data: 1\n\n");

        try (BackendReply reply = backend.exchange(soon(streamed()))) {
            reply.body().readNBytes(9);
            assertThat(readFailure(reply).kind()).isEqualTo(FailureKind.TIMED_OUT);
        }
    }

    @TestFactory
    Stream<DynamicTest> a_body_that_ends_too_early_is_a_failure_of_reading() {
        return Map.of(
                        "short of its length", Reply.text(200, "{\"a\":").thenTruncates(),
                        "without its last chunk", Reply.events("1").thenTruncates(),
                        "reset", Reply.events("1").thenResets())
                .entrySet()
                .stream()
                .map(end -> dynamicTest(end.getKey(), () -> {
                    server.replies(end.getValue());
                    try (BackendReply reply = backend.exchange(streamed())) {
                        assertThat(readFailure(reply).kind()).isIn(FailureKind.BROKEN_REPLY, FailureKind.UNREACHABLE);
                    }
                }));
    }

    @Test
    void never_tells_its_key() {
        Assumptions.assumeFalse(key().isEmpty(), "the backend has no key");
        server.on(request -> true, request -> {
            String echoed = request.headers().toString().replace('"', ' ');
            return Reply.json(401, "{\"error\":{\"message\":\"wrong key in %s\"}}".formatted(echoed));
        });

        BackendException failure = failure(call());

        assertThat(server.requests())
                .anyMatch(request -> request.headers().toString().contains(key()));
        assertThat(printed(failure)).doesNotContain(key());
        assertThat(failure.failure().toString()).doesNotContain(key());
        assertThat(backend.toString()).doesNotContain(key());
    }

    @Test
    void reads_any_error_text_without_fail() {
        List<String> texts = List.of(
                "",
                "null",
                "{",
                "{\"error\":{\"message\":{}}}",
                "[".repeat(3_000),
                "\"" + "\\u0000".repeat(50) + "\"",
                "{\"error\":\"{\\\"error\\\":{\\\"message\\\":\\\"deep\\\"}}\"}",
                "x".repeat(64 * 1024));
        for (int status : List.of(200, 400, 404, 503, 529, 599)) {
            for (String text : texts) {
                assertThatCode(() -> assertThat(backend.read(status, text).message())
                                .hasSizeLessThanOrEqualTo(LONGEST_MESSAGE))
                        .doesNotThrowAnyException();
            }
        }
    }

    private static String printed(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** What reading the rest of a reply throws. */
    private static BackendException readFailure(BackendReply reply) {
        IOException thrown =
                catchThrowableOfType(IOException.class, () -> reply.body().readAllBytes());
        assertThat(thrown).as("what reading throws").isInstanceOf(BackendReply.BackendFailure.class);
        return ((BackendReply.BackendFailure) thrown).failure();
    }
}
