package dev.signalbox.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FailureTest {

    private static Failure failure(String code, String message) {
        return new Failure(FailureKind.REJECTED, 400, code, message, Optional.empty());
    }

    @Test
    void keeps_the_beginning_of_what_the_upstream_said() {
        Failure failure = failure("invalid_request", "x".repeat(5000));
        assertThat(failure.message()).hasSizeLessThanOrEqualTo(1001).startsWith("xxx");
        assertThat(failure.as(FailureKind.OVERLOADED).message()).isEqualTo(failure.message());
    }

    @Test
    void a_code_that_is_no_word_is_none() {
        assertThat(failure("context_length_exceeded", "").code()).isEqualTo("context_length_exceeded");
        assertThat(failure("x".repeat(5000), "").code()).isEmpty();
    }
}
