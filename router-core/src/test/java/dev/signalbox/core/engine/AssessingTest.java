package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Edit;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.core.config.Limits;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.TestFactories;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What guards have to say of targets. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AssessingTest extends EngineFixture {

    private FakeGuard guard;

    @BeforeEach
    void a_chain_of_three() {
        layout.backend("one", "m")
                .backend("two", "m")
                .backend("three", "m")
                .profile("coding", "one/m", "two/m", "three/m");
        backends.on("one", Chat.says("one")).on("two", Chat.says("two")).on("three", Chat.says("three"));
        guard = guard("strict");
    }

    private static Verdict only(dev.signalbox.spi.Candidate candidate, String backend, Verdict verdict) {
        return candidate.target().backend().equals(backend) ? verdict : Verdict.admit();
    }

    @Test
    void a_demoted_target_comes_last_and_is_not_dropped() throws Exception {
        guard.assesses = candidate -> only(candidate, "one", Verdict.demote("it is hot"));
        backends.fails("two", dev.signalbox.api.FailureKind.UNREACHABLE)
                .fails("three", dev.signalbox.api.FailureKind.UNREACHABLE);
        try (RoutedResponse response = ask(chat("coding"))) {
            assertThat(response.headers().first("X-Signalbox-Steps"))
                    .contains("two/m=unreachable, three/m=unreachable, one/m=answered");
            assertThat(response.trace().notes()).containsExactly("strict: one/m comes last: it is hot");
        }
    }

    @Test
    void a_target_that_will_probably_fail_comes_after_those_that_are_demoted_otherwise() throws Exception {
        FakeGuard second = guard("cautious");
        guard.assesses = candidate -> only(candidate, "one", Verdict.demoteLast("it is ill"));
        second.assesses = candidate ->
                candidate.target().backend().equals("three") ? Verdict.admit() : Verdict.demote("it is slow");
        backends.fails("two", dev.signalbox.api.FailureKind.UNREACHABLE)
                .fails("three", dev.signalbox.api.FailureKind.UNREACHABLE);
        try (RoutedResponse response = ask(chat("coding"))) {
            assertThat(response.headers().first("X-Signalbox-Steps"))
                    .contains("three/m=unreachable, two/m=unreachable, one/m=answered");
        }
    }

    @Test
    void an_excluded_target_is_skipped() throws Exception {
        guard.assesses = candidate ->
                only(candidate, "one", Verdict.exclude(Refusal.unhealthy("it is ill", Duration.ofSeconds(9))));
        try (RoutedResponse response = ask(chat("coding"))) {
            assertThat(response.headers().first("X-Signalbox-Steps")).contains("one/m=skipped, two/m=answered");
        }
        RouterEvent.Skipped skipped = heard.only(RouterEvent.Skipped.class);
        assertThat(skipped.by()).isEqualTo("strict");
        assertThat(skipped.reason()).isEqualTo("it is ill");
    }

    @Test
    void the_first_exclusion_is_the_reason() throws Exception {
        FakeGuard second = guard("stricter");
        guard.assesses = candidate -> Verdict.exclude(Refusal.unhealthy("it is ill", Duration.ofSeconds(9)));
        second.assesses = candidate -> Verdict.exclude(Refusal.tooLong("too long"));
        RouteException failed = refused(RouteException.class, chat("one/m"));
        assertThat(failed.problem().code()).isEqualTo("unhealthy");
        assertThat(failed.problem().retryAfter()).contains(Duration.ofSeconds(9));
    }

    @Test
    void edits_for_a_target_are_made_only_if_it_is_the_one() throws Exception {
        guard.assesses = candidate ->
                only(candidate, "two", Verdict.admit(List.of(Edit.insert("/options", "{}")), "with options"));
        backends.fails("one", dev.signalbox.api.FailureKind.UNREACHABLE);
        bytes(chat("coding"));
        assertThat(backends.body("one")).doesNotContain("options");
        assertThat(backends.body("two")).contains(",\"options\":{}}");
    }

    @Test
    void what_a_guard_has_come_to_accept_is_no_reason_any_more() throws Exception {
        AtomicBoolean ill = new AtomicBoolean(true);
        guard.assesses = candidate -> ill.get()
                ? only(candidate, "two", Verdict.exclude(Refusal.unhealthy("it is ill", Duration.ofSeconds(9))))
                : Verdict.admit();
        layout.gate("all", 1, 9, "one", "two").profile("coding", "one/m", "two/m");
        Tape busy = Tape.sse(Chat.text("Hello")).stalls();
        backends.on("one", call -> busy);
        try (RoutedResponse first = ask(stream("coding"))) {
            Later<RoutedResponse> second = later(chat("coding"));
            heard.await(RouterEvent.Waiting.class);
            ill.set(false);
            engine().room().askAgain();
            advance(Limits.DEFAULT.waiting().plusSeconds(1));
            assertThat(second.thrown()).hasMessageContaining("two/m: full").hasMessageNotContaining("ill");
            assertThat(first.streamed()).isTrue();
        }
    }

    @Test
    void what_a_guard_sees_is_what_is() throws Exception {
        List<String> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
        guard.assesses = candidate -> {
            seen.add("%s %d %d %s %s"
                    .formatted(
                            candidate.target(),
                            candidate.inFlight(),
                            candidate.waiting(),
                            candidate.profile(),
                            candidate.hosts().stream().map(host -> host.name()).toList()));
            return Verdict.admit();
        };
        Tape busy = Tape.sse(Chat.text("Hello")).stalls();
        backends.on("one", call -> busy);
        try (RoutedResponse first = ask(stream("one/m"))) {
            backends.on("one", Chat.says("one"));
            seen.clear();
            bytes(chat("one/m"));
            assertThat(seen).containsExactly("one/m 1 0  [one.local, two.local, three.local]");
            assertThat(first.streamed()).isTrue();
        }
    }

    @Test
    void a_selector_orders_what_guards_have_left() throws Exception {
        plugins.add(TestFactories.selector(
                "backwards",
                candidates -> candidates.stream()
                        .map(candidate -> candidate.target())
                        .toList()
                        .reversed()));
        layout.pool("pool", "backwards", "one/m", "two/m", "three/m");
        guard.assesses = candidate -> only(candidate, "three", Verdict.demote("it is hot"));
        backends.fails("two", dev.signalbox.api.FailureKind.UNREACHABLE)
                .fails("one", dev.signalbox.api.FailureKind.UNREACHABLE);
        try (RoutedResponse response = ask(chat("pool"))) {
            assertThat(response.headers().first("X-Signalbox-Steps"))
                    .contains("two/m=unreachable, one/m=unreachable, three/m=answered");
        }
    }

    @Test
    void a_selector_is_not_asked_about_what_is_excluded() throws Exception {
        List<Integer> sizes = new java.util.concurrent.CopyOnWriteArrayList<>();
        plugins.add(TestFactories.selector("counting", candidates -> {
            sizes.add(candidates.size());
            return List.of();
        }));
        layout.pool("pool", "counting", "one/m", "two/m", "three/m");
        guard.assesses = candidate ->
                only(candidate, "one", Verdict.exclude(Refusal.unhealthy("it is ill", Duration.ofSeconds(9))));
        try (RoutedResponse response = ask(chat("pool"))) {
            assertThat(response.target()).hasToString("two/m");
        }
        assertThat(sizes).containsExactly(2);
    }
}
