package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What guards do in the one step in which a request is let in. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AdmittingTest extends EngineFixture {

    private final AtomicBoolean willing = new AtomicBoolean();
    private FakeGuard guard;

    @BeforeEach
    void a_chain_of_two() {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.on("gpu", Chat.says("gpu")).on("laptop", Chat.says("laptop"));
        guard = guard("strict");
    }

    private Admission whenWilling() {
        return willing.get() ? Admission.granted(guard.new Ticket()) : Admission.later("not now");
    }

    @Test
    void a_request_waits_until_the_guard_has_everybody_asked_again() throws Exception {
        guard.admits = attempt -> whenWilling();
        Later<RoutedResponse> asked = later(chat("gpu/m"));
        assertThat(heard.await(RouterEvent.Waiting.class).reason()).isEqualTo("strict: not now");
        willing.set(true);
        guard.context().askAgain();
        asked.get().close();
    }

    @Test
    void a_request_waits_until_the_moment_the_guard_has_named() throws Exception {
        guard.admits = attempt -> willing.get()
                ? Admission.granted(guard.new Ticket())
                : Admission.later("cooling", time.now().plusMillis(50));
        Later<RoutedResponse> asked = later(chat("gpu/m"));
        heard.await(RouterEvent.Waiting.class);
        willing.set(true);
        time.advance(Duration.ofSeconds(4));
        asked.get().close(); // the room sleeps by a real clock
    }

    @Test
    void all_targets_are_looked_at_as_of_one_moment_and_as_of_another_when_they_are_looked_at_again() throws Exception {
        List<Instant> moments = new CopyOnWriteArrayList<>();
        guard.assesses = candidate -> {
            moments.add(candidate.moment());
            time.advance(Duration.ofMillis(1)); // however long that takes
            return Verdict.admit();
        };
        guard.admits = attempt -> {
            moments.add(attempt.moment());
            return Admission.granted(guard.new Ticket());
        };
        Instant first = time.now();
        backends.fails("gpu", FailureKind.UNREACHABLE);
        bytes(chat("coding"));

        assertThat(moments).startsWith(first, first);
        assertThat(moments.getLast()).isAfter(first).isEqualTo(moments.get(moments.size() - 2)); // judged, then let in
    }

    @Test
    void a_probe_has_everybody_asked_again() throws Exception {
        guard.admits = attempt -> whenWilling();
        backends.probe("gpu", deadline -> {
            willing.set(true);
            return BackendStatus.of(BackendState.READY);
        });
        willing.set(false);
        Later<RoutedResponse> asked = later(chat("gpu/m"));
        time.advance(Duration.ofSeconds(31));
        asked.get().close();
    }

    @Test
    void another_target_is_taken_while_the_first_cannot_start() throws Exception {
        guard.admits = attempt -> attempt.target().backend().equals("gpu")
                ? Admission.later("not now")
                : Admission.granted(guard.new Ticket());
        assertThat(bytes(chat("coding"))).contains("laptop");
    }

    @Test
    void a_target_refused_for_good_is_skipped() throws Exception {
        guard.admits = attempt -> attempt.target().backend().equals("gpu")
                ? Admission.refused(Refusal.of(Refusal.Kind.NO_MEMORY, "never fits"))
                : Admission.granted(guard.new Ticket());
        try (RoutedResponse response = ask(chat("coding"))) {
            assertThat(response.headers().first("X-Signalbox-Steps")).contains("gpu/m=skipped, laptop/m=answered");
        }
        RouteException failed = refused(RouteException.class, chat("gpu/m"));
        assertThat(failed.problem().status()).isEqualTo(507);
    }

    @Test
    void what_one_guard_has_granted_is_undone_if_another_does_not() throws Exception {
        FakeGuard second = guard("stricter");
        second.admits = attempt -> willing.get() ? Admission.granted(second.new Ticket()) : Admission.later("not now");
        Later<RoutedResponse> asked = later(chat("gpu/m"));
        heard.await(RouterEvent.Waiting.class);
        assertThat(guard.undone).hasPositiveValue();
        willing.set(true);
        second.context().askAgain();
        try (RoutedResponse response = asked.get()) {
            assertThat(guard.ended).hasValue(0);
            assertThat(response.target()).hasToString("gpu/m");
        }
        // how often it was asked meanwhile depends on when the first probe ended
        assertThat(guard.granted.get() - guard.undone.get()).isEqualTo(1);
        assertThat(guard.ended).hasValue(1);
        assertThat(second.ended).hasValue(1);
    }

    @Test
    void every_attempt_has_leases_of_its_own() throws Exception {
        backends.fails("gpu", FailureKind.UNREACHABLE);
        bytes(chat("coding"));
        assertThat(guard.granted).hasValue(2);
        assertThat(guard.ended).hasValue(2);
        assertThat(guard.undone).hasValue(0);
        assertThat(guard.wrong).isEmpty();
    }

    @Test
    void a_lease_is_held_until_the_stream_is_over_not_merely_until_it_has_begun() throws Exception {
        try (RoutedResponse response = ask(stream("coding"))) {
            assertThat(guard.ended).hasValue(0);
            read(response);
            assertThat(guard.ended).hasValue(1);
        }
        assertThat(guard.ended).hasValue(1);
    }

    @Test
    void a_lease_hears_of_the_first_content_before_its_end_and_not_where_there_is_none() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        guard.admits = attempt -> Admission.granted(new Telling(told));
        backends.fails("gpu", FailureKind.UNREACHABLE);
        bytes(stream("coding"));
        assertThat(told).containsExactly("gpu/m ended", "laptop/m committed", "laptop/m ended");
    }

    /** Writes down what it hears. */
    private record Telling(List<String> told) implements Lease {

        @Override
        public void undo() {
            told.add("undone");
        }

        @Override
        public void committed(AttemptReport report) {
            told.add(report.target() + " " + report.phase().name().toLowerCase(Locale.ROOT));
        }

        @Override
        public void end(AttemptReport report) {
            told.add(report.target() + " " + report.phase().name().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void a_guard_sees_the_whole_chain_by_the_names_that_backends_list() throws Exception {
        layout.backend("studio", "big:latest").profile("three", "laptop/m", "studio/big", "gpu/m");
        List<List<Target>> seen = new CopyOnWriteArrayList<>();
        guard.assesses = candidate -> {
            seen.add(candidate.chain());
            return Verdict.admit();
        };
        bytes(chat("three"));
        assertThat(seen)
                .isNotEmpty()
                .containsOnly(List.of(Target.of("laptop/m"), Target.of("studio/big:latest"), Target.of("gpu/m")));
        seen.clear();
        bytes(chat("gpu/m"));
        assertThat(seen).isNotEmpty().containsOnly(List.of(Target.of("gpu/m")));
    }

    @Test
    void what_a_guard_tells_is_heard_and_kept_for_operators() throws Exception {
        engine();
        var change =
                new RouterEvent.JudgementChanged(time.now(), "strict", "gpu/m", "healthy", "degraded", "it was slow");
        guard.context().tell(change);
        assertThat(heard.only(RouterEvent.JudgementChanged.class)).isEqualTo(change);
        assertThat(engine().changes()).contains(change);
        for (int i = 0; i < 300; i++) {
            guard.context().tell(change);
        }
        assertThat(engine().changes()).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void a_lease_that_fails_to_end_keeps_nothing_else_from_being_given_back() throws Exception {
        layout.gate("one", 1, 0, "gpu");
        guard.admits = attempt -> Admission.granted(new dev.signalbox.spi.Lease() {
            @Override
            public void undo() {}

            @Override
            public void end(dev.signalbox.spi.AttemptReport report) {
                throw new NoClassDefFoundError("a part of the plugin is missing");
            }
        });
        bytes(chat("gpu/m"));
        bytes(chat("gpu/m"));
        assertThat(heard.events(RouterEvent.Finished.class)).hasSize(2);
    }
}
