package dev.signalbox.backend.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.backend.echo.Mishap.At;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class EchoMishapsTest {

    private static final String FOUR_WORDS = "signals are all clear";

    @ParameterizedTest
    @EnumSource
    void fails_with_every_kind_instead_of_an_answer(FailureKind kind) {
        Backend backend = Echoes.failing(kind, At.HEAD, 1);
        BackendException failure =
                catchThrowableOfType(BackendException.class, () -> backend.exchange(Echoes.saying("hi", true)));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining(kind.id());
    }

    @ParameterizedTest
    @EnumSource
    void recognises_its_own_error_frames(FailureKind kind) throws Exception {
        Backend backend = Echoes.failing(kind, At.BEFORE_CONTENT, 1);
        for (Dialect dialect : Manner.OF.keySet()) {
            String frames = Echoes.answer(
                    backend, Echoes.asking(dialect, true, "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"));
            assertThat(backend.read(200, frames).kind()).as(dialect.id()).isEqualTo(kind);
        }
    }

    @Test
    void an_error_that_is_not_its_own_is_read_by_its_status() {
        assertThat(Echoes.plain().read(503, "busy").kind()).isEqualTo(FailureKind.OVERLOADED);
    }

    @Test
    void which_calls_fail_is_counted() throws Exception {
        Backend backend = Echoes.failing(FailureKind.OVERLOADED, At.HEAD, 3);
        for (int i = 1; i <= 9; i++) {
            BackendCall call = Echoes.saying("hi", false);
            if (i % 3 == 0) {
                assertThatThrownBy(() -> backend.exchange(call)).isInstanceOf(BackendException.class);
            } else {
                assertThat(Echoes.answer(backend, call)).contains("hi");
            }
        }
    }

    @Test
    void fails_before_any_content() throws Exception {
        String streamed = answer(At.BEFORE_CONTENT, true);
        assertThat(streamed).contains("\"role\":\"assistant\"").endsWith("\"code\":null}}\n\n");
        assertThat(streamed).doesNotContain("signals").doesNotContain("[DONE]");

        assertThat(broken(At.BEFORE_CONTENT)).isEqualTo(FailureKind.OVERLOADED);
    }

    @Test
    void fails_in_the_middle() throws Exception {
        assertThat(answer(At.MID_STREAM, true))
                .containsSubsequence("signals ", "are ", "fails as it was told to: overloaded")
                .doesNotContain("clear")
                .doesNotContain("[DONE]");

        assertThat(broken(At.MID_STREAM)).isEqualTo(FailureKind.OVERLOADED);
    }

    @Test
    void goes_silent_in_the_middle() throws Exception {
        Backend backend = Echoes.failing(FailureKind.OVERLOADED, At.STALL, 1);
        for (boolean streamed : new boolean[] {true, false}) {
            BackendCall call = Echoes.saying(FOUR_WORDS, streamed).withDeadline(Deadline.after(Duration.ofMillis(50)));
            try (BackendReply reply = backend.exchange(call)) {
                assertThat(failure(reply)).isEqualTo(FailureKind.TIMED_OUT);
            }
        }
    }

    @Test
    void ends_in_the_middle_as_if_all_were_said() throws Exception {
        assertThat(answer(At.TRUNCATE, true))
                .contains("are ")
                .doesNotContain("stop")
                .doesNotContain("[DONE]");
        assertThat(answer(At.TRUNCATE, false)).startsWith("{").doesNotEndWith("}");
    }

    @Test
    void answers_nonsense() throws Exception {
        assertThat(answer(At.GARBAGE, true)).startsWith("<!doctype html>");
        assertThat(answer(At.GARBAGE, false)).startsWith("<!doctype html>");
    }

    private static String answer(At at, boolean streamed) throws Exception {
        return Echoes.answer(Echoes.failing(FailureKind.OVERLOADED, at, 1), Echoes.saying(FOUR_WORDS, streamed));
    }

    /** The kind of failure that reading an answer meets that is not streamed. */
    private static FailureKind broken(At at) throws Exception {
        Backend backend = Echoes.failing(FailureKind.OVERLOADED, at, 1);
        try (BackendReply reply = backend.exchange(Echoes.saying(FOUR_WORDS, false))) {
            return failure(reply);
        }
    }

    private static FailureKind failure(BackendReply reply) {
        IOException failure =
                catchThrowableOfType(IOException.class, () -> reply.body().readAllBytes());
        return ((BackendReply.BackendFailure) failure).failure().kind();
    }
}
