package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Exhausted;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Unroutable;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.RouterEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FallingBackTest extends EngineFixture {

    @BeforeEach
    void a_chain_of_two() {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.on("laptop", Chat.says("from the laptop"));
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"LOADING", "UNAUTHORIZED", "REJECTED", "DEFECT"})
    void a_failure_before_the_commit_moves_on_to_the_next_target(FailureKind kind) throws Exception {
        backends.fails("gpu", kind);
        try (RoutedResponse response = ask(chat("coding"))) {
            assertThat(response.text()).isEqualTo("from the laptop");
            assertThat(response.headers().first("X-Signalbox-Steps"))
                    .contains("gpu/m=" + kind.id() + ", laptop/m=answered");
            assertThat(response.headers().first("X-Signalbox-Target")).contains("laptop/m");
        }
        assertThat(heard.only(RouterEvent.AttemptFailed.class).failure().kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAUTHORIZED", "REJECTED", "DEFECT"})
    void other_kinds_end_the_search(FailureKind kind) throws Exception {
        backends.fails("gpu", kind);
        refused(RouteException.class, chat("coding"));
        assertThat(backends.sent("laptop")).isEmpty();
    }

    @Test
    void a_refused_key_moves_on_only_where_the_profile_says_so() throws Exception {
        layout.profile("coding", Layout.fallBackOn(FailureKind.UNAUTHORIZED), "gpu/m", "laptop/m");
        backends.fails("gpu", FailureKind.UNAUTHORIZED);
        assertThat(bytes(chat("coding"))).contains("from the laptop");
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "DEFECT"})
    void some_kinds_move_nothing_whatever_the_profile_says(FailureKind kind) throws Exception {
        layout.profile("coding", Layout.fallBackOn(kind), "gpu/m", "laptop/m");
        backends.fails("gpu", kind);
        refused(RouteException.class, chat("coding"));
        assertThat(backends.sent("laptop")).isEmpty();
    }

    @Test
    void a_kind_the_profile_does_not_list_ends_the_search() throws Exception {
        layout.profile("coding", Layout.fallBackOn(FailureKind.TIMED_OUT), "gpu/m", "laptop/m");
        backends.fails("gpu", FailureKind.UNREACHABLE);
        assertThat(refused(Exhausted.class, chat("coding")).problem().code()).isEqualTo("upstream_unreachable");
        assertThat(backends.sent("laptop")).isEmpty();
    }

    @Test
    void a_single_target_answers_or_the_request_fails_saying_so() throws Exception {
        backends.fails("gpu", FailureKind.UNREACHABLE);
        assertThat(refused(Exhausted.class, chat("gpu/m")).problem().message()).isEqualTo("unreachable says gpu");
        assertThat(backends.sent("laptop")).isEmpty();
    }

    @Test
    void a_request_can_refuse_to_fall_back() throws Exception {
        backends.fails("gpu", FailureKind.UNREACHABLE);
        refused(Exhausted.class, chat("coding").withHeader("x-signalbox-fallback", " Off "));
        assertThat(backends.sent("laptop")).isEmpty();
    }

    @Test
    void a_request_that_refuses_to_fall_back_is_not_told_of_targets_nobody_would_have_asked() throws Exception {
        layout.profile("coding", "gpu/m", "laptop/gone");
        backends.fails("gpu", FailureKind.UNREACHABLE);
        Exhausted failed = refused(Exhausted.class, chat("coding").withHeader("X-Signalbox-Fallback", "off"));
        assertThat(failed.problem().message()).isEqualTo("unreachable says gpu");
        assertThat(heard.events(RouterEvent.Skipped.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "no", "of", "0"})
    void a_request_that_may_have_meant_to_refuse_it_is_asked_what_it_means(String word) throws Exception {
        Unroutable refused = refused(Unroutable.class, chat("coding").withHeader("X-Signalbox-Fallback", word));
        assertThat(refused.problem().status()).isEqualTo(400);
        assertThat(refused.problem().message())
                .isEqualTo("X-Signalbox-Fallback: it is \"%s\"; on or off is expected".formatted(word));
        assertThat(backends.sent("gpu")).isEmpty();
    }

    @Test
    void an_alias_can_refuse_to_fall_back() throws Exception {
        layout.alias("strict", "coding", false);
        backends.fails("gpu", FailureKind.UNREACHABLE);
        refused(Exhausted.class, chat("strict"));
        assertThat(backends.sent("laptop")).isEmpty();
    }

    @Test
    void no_more_attempts_are_made_than_the_profile_allows() throws Exception {
        layout.backend("third", "m").profile("coding", Layout.attempts(2), "gpu/m", "laptop/m", "third/m");
        backends.fails("gpu", FailureKind.UNREACHABLE)
                .fails("laptop", FailureKind.OVERLOADED)
                .on("third", Chat.says("never"));
        refused(Exhausted.class, chat("coding"));
        assertThat(backends.sent("third")).isEmpty();
    }

    @Test
    void each_target_is_tried_once() throws Exception {
        layout.profile("coding", "gpu/m", "gpu/m", "gpu/m");
        backends.fails("gpu", FailureKind.UNREACHABLE);
        refused(Exhausted.class, chat("coding"));
        assertThat(backends.sent("gpu")).hasSize(1);
    }

    @Test
    void the_whole_request_is_sent_again() throws Exception {
        backends.fails("gpu", FailureKind.SERVER_ERROR);
        bytes(chat("coding"));
        assertThat(backends.body("laptop")).isEqualTo(backends.body("gpu")).contains("Hi");
    }

    @Test
    void a_target_that_cannot_do_it_is_skipped_and_the_next_one_asked() throws Exception {
        layout.profile("coding", "gpu/gone", "laptop/m");
        try (RoutedResponse response = ask(chat("coding"))) {
            assertThat(response.headers().first("X-Signalbox-Steps")).contains("gpu/gone=skipped, laptop/m=answered");
        }
        assertThat(heard.only(RouterEvent.Skipped.class).by()).isEqualTo("engine");
        assertThat(backends.sent("gpu")).isEmpty();
    }

    @Test
    void names_of_models_from_strangers_cannot_break_a_header() throws Exception {
        layout.backend("any", Layout.anyModel());
        backends.on("any", Chat.says("Hello"));
        try (RoutedResponse response = ask(chat("ü\nX-Evil: 1"))) {
            assertThat(response.headers().first("X-Signalbox-Target")).contains("any/??X-Evil: 1");
        }
    }

    @Test
    void what_everybody_said_is_told_when_nobody_answered() throws Exception {
        backends.fails("gpu", FailureKind.UNREACHABLE).fails("laptop", FailureKind.OVERLOADED);
        Exhausted failed = refused(Exhausted.class, chat("coding"));
        assertThat(failed.problem().message())
                .isEqualTo("No target could answer. gpu/m: unreachable (unreachable says gpu); "
                        + "laptop/m: overloaded (overloaded says laptop)");
        assertThat(failed.trace().steps()).hasSize(2);
    }

    @Test
    void a_request_that_is_wrong_says_so_whoever_else_was_down() throws Exception {
        layout.profile("coding", "laptop/m", "gpu/m");
        backends.fails("laptop", FailureKind.UNREACHABLE).on("gpu", call -> {
            throw new BackendException(dev.signalbox.spi.Failure.ofStatus(422, "temperature is not a number"));
        });
        RouteException failed = refused(RouteException.class, chat("coding"));
        assertThat(failed.problem().status()).isEqualTo(422);
        assertThat(failed.problem().message()).contains("temperature is not a number");
    }

    @Test
    void permanent_reasons_only_are_for_the_client_to_mend() throws Exception {
        backends.fails("gpu", FailureKind.CONTEXT_OVERFLOW).fails("laptop", FailureKind.UNSUPPORTED);
        assertThat(refused(Unroutable.class, chat("coding")).problem().permanent())
                .isTrue();
    }
}
