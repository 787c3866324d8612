package dev.signalbox.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.Failure;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.ClosedPort;
import dev.signalbox.testkit.Reply;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backend is told when its call goes wrong. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UpstreamTroubleTest extends UpstreamFixture {

    @Test
    void an_error_is_read_with_the_time_to_come_back() throws Exception {
        server.on(
                "/x",
                Reply.json(
                                503,
                                "{\"error\":{\"message\":\"Loading model\",\"type\":\"unavailable_error\",\"code\":503}}")
                        .header("Retry-After", "2"));
        Failure failure = failure(plain, Calls.chat("m"));
        assertThat(failure)
                .isEqualTo(
                        new Failure(FailureKind.LOADING, 503, "", "Loading model", Optional.of(Duration.ofSeconds(2))));
    }

    @Test
    void an_error_that_breaks_off_is_still_the_error_it_is() throws Exception {
        server.on("/x", Reply.json(429, "slow down, please").thenTruncates());
        assertThat(failure(plain, Calls.chat("m")).kind()).isEqualTo(FailureKind.OVERLOADED);
    }

    @Test
    void an_error_without_end_is_cut_off() throws Exception {
        server.on("/x", Reply.text(500, "x".repeat(200_000)).thenStalls());
        Failure failure = failure(plain, Calls.chat("m"));
        assertThat(failure.kind()).isEqualTo(FailureKind.SERVER_ERROR);
        assertThat(failure.message()).startsWith("xxx").hasSizeLessThan(1_100);
    }

    @Test
    void an_error_that_nobody_finishes_is_not_waited_for() throws Exception {
        server.on(
                request -> true,
                request -> Reply.text(500, "out of memory, and").thenStalls());
        long before = System.nanoTime();
        assertThat(failure(plain, Calls.chat("m")).kind()).isEqualTo(FailureKind.OUT_OF_MEMORY);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(25));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void a_redirect_is_not_followed_and_told(int status) throws Exception {
        server.on("/x", Reply.status(status).header("Location", "/y"));
        Failure failure = failure(plain, Calls.chat("m"));
        assertThat(failure.kind()).isEqualTo(FailureKind.BROKEN_REPLY);
        assertThat(failure.message()).contains("base-url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Not Found",
                "404 page not found",
                "{\"detail\":\"Not Found\"}",
                "<!doctype html><title>404</title>",
                "{\"error\":{\"message\":\"File Not Found\"}}"
            })
    void a_path_that_is_not_there_is_told_with_the_address_it_was_looked_for_at(String said) throws Exception {
        server.on("/x", Reply.text(404, said));
        Failure failure = failure(plain, Calls.chat("m"));
        assertThat(failure.kind()).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
        assertThat(failure.message()).startsWith(server.uri().toString()).contains("is the base-url right?");
    }

    @Test
    void a_model_that_is_not_there_is_told_as_the_server_tells_it() throws Exception {
        server.on("/x", Reply.text(404, "{\"error\":\"model 'm' not found\"}"));
        assertThat(failure(plain, Calls.chat("m")).message()).isEqualTo("model 'm' not found");
    }

    @Test
    void a_page_of_html_is_no_answer() throws Exception {
        server.on("/x", Reply.stream("text/html; charset=utf-8").chunk("<html>Welcome</html>"));
        assertThat(failure(plain, Calls.chat("m")).kind()).isEqualTo(FailureKind.BROKEN_REPLY);
    }

    @Test
    void nobody_there_is_unreachable() throws Exception {
        try (ClosedPort port = ClosedPort.reserve()) {
            Failure failure = failure(plain.with(HttpOptions.BASE_URL, port.uri()), Calls.chat("m"));
            assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
            assertThat(failure.message()).contains("connection refused");
        }
    }

    @Test
    void silence_until_the_deadline_is_timed_out() throws Exception {
        server.on("/x", Reply.stall());
        BackendCall call = Calls.chat("m").withDeadline(Deadline.after(Duration.ofMillis(200)));
        assertThat(failure(plain, call).kind()).isEqualTo(FailureKind.TIMED_OUT);
    }

    @Test
    void no_answer_is_unreachable_and_noise_is_broken() throws Exception {
        server.on("/x", Reply.hangUp(), Reply.noise("SSH-2.0-OpenSSH_9.6\r\n"));
        assertThat(failure(plain, Calls.chat("m")).kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure(plain, Calls.chat("m")).kind()).isEqualTo(FailureKind.BROKEN_REPLY);
    }

    @Test
    void a_reply_that_breaks_off_tells_so_to_its_reader() throws Exception {
        server.on("/x", Reply.events("1", "2").thenTruncates());
        try (BackendReply reply = exchange(plain, Calls.chatStream("m"))) {
            BackendReply.BackendFailure broken = catchThrowableOfType(
                    BackendReply.BackendFailure.class, () -> reply.body().readAllBytes());
            assertThat(broken.failure().kind()).isEqualTo(FailureKind.BROKEN_REPLY);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>",
                "Client sent an HTTP request to an HTTPS server.\n",
                "Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />",
                "Bad Request\nThis combination of host and port requires TLS.\n"
            })
    void a_server_that_says_it_wants_https_is_a_wrong_address_and_no_wrong_request(String page) {
        server.replies(400, page);
        Failure failure = failure(plain, Calls.chat("m"));
        assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
        assertThat(failure.message()).contains(server.uri().toString(), "is it https:// instead of http://?");
    }
}
