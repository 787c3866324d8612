package dev.signalbox.core.engine;

import static dev.signalbox.api.FailureKind.BROKEN_REPLY;
import static dev.signalbox.api.FailureKind.CONTEXT_OVERFLOW;
import static dev.signalbox.api.FailureKind.DEFECT;
import static dev.signalbox.api.FailureKind.MODEL_UNAVAILABLE;
import static dev.signalbox.api.FailureKind.OUT_OF_MEMORY;
import static dev.signalbox.api.FailureKind.OVERLOADED;
import static dev.signalbox.api.FailureKind.REJECTED;
import static dev.signalbox.api.FailureKind.SERVER_ERROR;
import static dev.signalbox.api.FailureKind.TIMED_OUT;
import static dev.signalbox.api.FailureKind.UNAUTHORIZED;
import static dev.signalbox.api.FailureKind.UNREACHABLE;
import static dev.signalbox.api.FailureKind.UNSUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.Target;
import dev.signalbox.api.Unroutable;
import dev.signalbox.core.ErrorReply;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client is told when nobody answered. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LastWordTest extends EngineFixture {

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(UNREACHABLE, 0, 503, "upstream_unreachable", false),
                arguments(OVERLOADED, 429, 503, "upstream_overloaded", false),
                arguments(MODEL_UNAVAILABLE, 404, 503, "model_unavailable", false),
                arguments(TIMED_OUT, 0, 504, "upstream_timeout", false),
                arguments(OUT_OF_MEMORY, 500, 507, "insufficient_memory", false),
                arguments(SERVER_ERROR, 500, 500, "upstream_error", false),
                arguments(SERVER_ERROR, 520, 520, "upstream_error", false),
                arguments(SERVER_ERROR, 200, 502, "upstream_error", false),
                arguments(BROKEN_REPLY, 200, 502, "upstream_broken_reply", false),
                arguments(UNAUTHORIZED, 401, 502, "upstream_unauthorized", true),
                arguments(CONTEXT_OVERFLOW, 500, 400, "context_length_exceeded", true),
                arguments(UNSUPPORTED, 400, 501, "not_supported", true),
                arguments(REJECTED, 422, 422, "invalid_request", true),
                arguments(REJECTED, 0, 400, "invalid_request", true),
                arguments(DEFECT, 0, 500, "internal_error", true));
    }

    @ParameterizedTest(name = "{0} after {1}")
    @MethodSource("failures")
    void every_kind_of_failure_has_its_word(FailureKind kind, int seen, int status, String code, boolean permanent)
            throws Exception {
        layout.backend("gpu", "m");
        backends.fails("gpu", new Failure(kind, seen, "", "so it is", Optional.empty()));
        RouteException failed = refused(RouteException.class, chat("gpu/m"));
        assertThat(failed.problem().status()).isEqualTo(status);
        assertThat(failed.problem().code()).isEqualTo(code);
        assertThat(failed instanceof Unroutable).isEqualTo(permanent);
        Headers headers = ErrorReply.of(Dialect.OPENAI_CHAT, failed).headers();
        assertThat(headers.first("x-should-retry")).isEqualTo(permanent ? Optional.of("false") : Optional.empty());
        assertThat(headers.first("Retry-After")).isEqualTo(permanent ? Optional.empty() : Optional.of("5"));
        assertThat(headers.first("X-Signalbox-Steps")).contains("gpu/m=" + kind.id());
        assertThat(headers.first("x-request-id")).contains(failed.trace().id());
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(Refusal.Kind.UNHEALTHY, 503, "unhealthy", false),
                arguments(Refusal.Kind.FULL, 503, "full", false),
                arguments(Refusal.Kind.NO_MEMORY, 507, "insufficient_memory", false),
                arguments(Refusal.Kind.OVER_BUDGET, 429, "insufficient_quota", false),
                arguments(Refusal.Kind.BUDGET_SPENT, 503, "budget_spent", false),
                arguments(Refusal.Kind.TOO_LONG, 400, "context_length_exceeded", true),
                arguments(Refusal.Kind.NOT_CAPABLE, 501, "capability_not_supported", true),
                arguments(Refusal.Kind.NOT_ALLOWED, 403, "not_allowed", true),
                arguments(Refusal.Kind.BAD_REQUEST, 400, "bad_request", true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void every_kind_of_refusal_has_its_word(Refusal.Kind kind, int status, String code, boolean permanent)
            throws Exception {
        layout.backend("gpu", "m");
        guard("strict").assesses = candidate -> Verdict.exclude(
                new Refusal(kind, "so it is", Optional.of(Duration.ofSeconds(17)), java.util.Map.of("limit", "7")));
        RouteException failed = refused(RouteException.class, chat("gpu/m"));
        assertThat(failed.problem().status()).isEqualTo(status);
        assertThat(failed.problem().code()).isEqualTo(code);
        assertThat(failed.problem().details()).containsEntry("limit", "7");
        assertThat(failed instanceof Unroutable).isEqualTo(permanent);
        Headers headers = ErrorReply.of(Dialect.OPENAI_CHAT, failed).headers();
        assertThat(headers.first("Retry-After")).isEqualTo(permanent ? Optional.empty() : Optional.of("17"));
    }

    @Test
    void the_smallest_retry_after_of_all_is_told() throws Exception {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.fails("gpu", Failure.ofStatus(429, "slowly").retryAfter(Optional.of(Duration.ofSeconds(90))))
                .fails("laptop", Failure.ofStatus(429, "slowly").retryAfter(Optional.of(Duration.ofMillis(8_200))));
        RouteException failed = refused(RouteException.class, chat("coding"));
        assertThat(ErrorReply.of(Dialect.OPENAI_CHAT, failed).headers().first("Retry-After"))
                .contains("9");
    }

    @Test
    void where_all_are_kept_off_the_earliest_moment_of_all_is_told() throws Exception {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        guard("strict").assesses = candidate -> Verdict.exclude(Refusal.unhealthy(
                "so it is", Duration.ofSeconds(candidate.target().backend().equals("gpu") ? 90 : 17)));
        RouteException failed = refused(RouteException.class, chat("coding"));
        assertThat(failed.problem().status()).isEqualTo(503);
        assertThat(failed.problem().code()).isEqualTo("unhealthy");
        assertThat(ErrorReply.of(Dialect.OPENAI_CHAT, failed).headers().first("Retry-After"))
                .contains("17");
    }

    @Test
    void what_was_tried_tells_more_than_what_was_kept_off_since() throws Exception {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.fails("gpu", Failure.of(UNREACHABLE, "connection refused"));
        guard("strict").assesses = candidate -> backends.sent("gpu").isEmpty()
                ? Verdict.admit()
                : Verdict.exclude(Refusal.unhealthy("so it is", Duration.ofSeconds(17)));
        RouteException failed = refused(RouteException.class, chat("coding"));
        assertThat(failed.problem().code()).isEqualTo("upstream_unreachable");
        assertThat(failed.problem().message()).contains("laptop/m: unhealthy");
    }

    @Test
    void what_was_tried_tells_more_than_who_was_full_afterwards() throws Exception {
        layout.backend("gpu", "m").profile("coding", "gpu/m");
        backends.fails("gpu", Failure.of(UNREACHABLE, "connection refused"));
        RouteException alone = refused(RouteException.class, chat("coding"));
        Reason tried = Reason.of(Target.of("gpu/m"), Failure.of(UNREACHABLE, "connection refused"));
        Problem full = Problem.passing(503, "full", "every place is taken");
        Reason later = new Reason(Target.of("laptop/m"), "full", "room", full, false);

        RouteException told = LastWord.of(List.of(tried, later), Optional.empty(), alone.trace(), true);
        assertThat(told.problem().code()).isEqualTo("upstream_unreachable");
    }

    @Test
    void what_an_upstream_said_tells_more_than_silence() throws Exception {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.fails("gpu", Failure.ofStatus(500, "engine died")).fails("laptop", UNREACHABLE);
        assertThat(refused(RouteException.class, chat("coding")).problem().status())
                .isEqualTo(500);
    }

    @Test
    void what_may_pass_tells_more_than_what_stays() throws Exception {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.fails("gpu", Failure.of(CONTEXT_OVERFLOW, "too long")).fails("laptop", UNREACHABLE);
        RouteException failed = refused(RouteException.class, chat("coding"));
        assertThat(failed.problem().status()).isEqualTo(503);
        assertThat(failed.problem().permanent()).isFalse();
    }

    @Test
    void whatever_came_first() throws Exception {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.fails("gpu", UNREACHABLE).fails("laptop", Failure.of(CONTEXT_OVERFLOW, "too long"));
        RouteException failed = refused(RouteException.class, chat("coding"));
        assertThat(failed.problem().code()).isEqualTo("upstream_unreachable");
        assertThat(failed.problem().permanent()).isFalse();
    }

    @Test
    void of_two_upstreams_the_last_one_tells_most() throws Exception {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.fails("gpu", Failure.ofStatus(500, "engine died")).fails("laptop", Failure.ofStatus(520, "who knows"));
        assertThat(refused(RouteException.class, chat("coding")).problem().status())
                .isEqualTo(520);
    }

    @Test
    void what_ends_the_chain_tells_more_than_what_may_pass() throws Exception {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.fails("gpu", UNREACHABLE).fails("laptop", Failure.ofStatus(422, "temperature is too high"));
        RouteException failed = refused(RouteException.class, chat("coding"));
        assertThat(failed.problem().status()).isEqualTo(422);
        assertThat(failed.problem().message()).contains("gpu/m: unreachable", "temperature is too high");
    }

    @Test
    void one_reason_alone_is_told_in_its_own_words() throws Exception {
        layout.backend("gpu", "m");
        backends.fails("gpu", Failure.of(UNREACHABLE, "connection refused"));
        assertThat(refused(RouteException.class, chat("gpu/m")).problem().message())
                .isEqualTo("connection refused");
    }

    @Test
    void an_anthropic_client_is_told_of_overload_in_its_own_way() throws Exception {
        layout.backend("gpu", "m");
        backends.fails("gpu", Failure.ofStatus(429, "slowly"));
        RouteException failed = refused(RouteException.class, chat("gpu/m"));
        assertThat(ErrorReply.of(Dialect.ANTHROPIC_MESSAGES, failed).status()).isEqualTo(529);
    }

    @Test
    void nothing_of_targets_is_told_where_nothing_is_exposed() throws Exception {
        layout.backend("gpu", "m")
                .backend("laptop", "m")
                .profile("coding", "gpu/m", "laptop/m")
                .expose(dev.signalbox.core.config.EngineSettings.Expose.NONE);
        backends.fails("gpu", Failure.of(UNREACHABLE, "connection refused"))
                .fails("laptop", Failure.of(UNREACHABLE, "connection refused"));
        RouteException failed = refused(RouteException.class, chat("coding"));
        assertThat(failed.problem().message()).isEqualTo("No server could answer.");
        assertThat(ErrorReply.of(Dialect.OPENAI_CHAT, failed).headers().toString())
                .doesNotContain("signalbox");
    }

    @Test
    void nor_of_targets_that_will_never_do() throws Exception {
        layout.backend("gpu", "m").expose(dev.signalbox.core.config.EngineSettings.Expose.NONE);
        backends.lists("gpu", "m");
        assertThat(refused(Unroutable.class, chat("gpu/other")).problem().message())
                .isEqualTo("No server can answer this.");
        backends.fails("gpu", new Failure(REJECTED, 400, "", "temperature is too high", Optional.empty()));
        assertThat(refused(Unroutable.class, chat("gpu/m")).problem().message()).isEqualTo("temperature is too high");
    }

    @Test
    void what_a_guard_says_of_the_request_is_told_and_its_figures_are_not() throws Exception {
        layout.backend("gpu", "m").expose(dev.signalbox.core.config.EngineSettings.Expose.NONE);
        guard("strict").assesses = candidate -> Verdict.exclude(
                new Refusal(Refusal.Kind.TOO_LONG, "so it is", Optional.empty(), java.util.Map.of("limit", "7")));
        RouteException failed = refused(Unroutable.class, chat("gpu/m"));
        assertThat(failed.problem().message()).isEqualTo("so it is");
        assertThat(failed.problem().details()).isEmpty();
    }
}
