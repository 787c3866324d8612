package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Edit;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RouteTrace.Ruled;
import dev.signalbox.api.RouteTrace.Standing;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.api.TargetReport;
import dev.signalbox.api.Unroutable;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.RouterEvent;
import dev.signalbox.spi.Ruling;
import dev.signalbox.spi.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ExplainingTest extends EngineFixture {

    /** Never holds, and says what it measured. */
    private static final Matcher MEASURES = new Matcher() {
        @Override
        public boolean matches(RequestView request) {
            return false;
        }

        @Override
        public String seen(RequestView request) {
            return "0.27";
        }
    };

    @BeforeEach
    void three_targets() {
        layout.backend("gpu", "m")
                .backend("laptop", "m")
                .backend("shelf", "m")
                .profile("coding", "gpu/m", "laptop/m", "shelf/m")
                .gate("one", 1, 8, "laptop")
                .defaultTo("coding");
        backends.on("gpu", Chat.says("gpu")).on("laptop", Chat.says("laptop")).on("shelf", Chat.says("shelf"));
    }

    private RouteTrace explain(String model) throws InterruptedException {
        return engine().explain(chat(model));
    }

    @Test
    void nothing_is_done() throws Exception {
        FakeGuard guard = guard("watch");
        guard.admits = attempt -> {
            throw new AssertionError("asked for admission");
        };
        RouteTrace explained = explain("auto");
        assertThat(explained.chosenBy()).isEqualTo("default");
        assertThat(explained.profile()).isEqualTo("coding");
        assertThat(explained.outcome()).isEmpty();
        assertThat(backends.sent("gpu")).isEmpty();
        assertThat(heard.events(RouterEvent.class)).allMatch(event -> event instanceof RouterEvent.BackendChanged);
        assertThat(engine().traces()).isEmpty();
        assertThat(guard.reports).isEmpty();
    }

    @Test
    void rules_tell_what_they_measured() throws Exception {
        layout.rule(MEASURES, "coding").rule(request -> true, "gpu/m").rule(request -> true, "coding");
        assertThat(explain("auto").rules())
                .containsExactly(new Ruled("rule 1", false, "test (seen: 0.27)"), new Ruled("rule 2", true, "test"));
    }

    @Test
    void targets_stand_in_the_order_in_which_they_are_tried() throws Exception {
        FakeGuard guard = guard("health");
        guard.assesses = candidate -> switch (candidate.target().backend()) {
            case "gpu" -> Verdict.demote("failed twice");
            case "shelf" -> Verdict.exclude(Refusal.of(Refusal.Kind.UNHEALTHY, "failed six times"));
            default -> Verdict.admit(List.of(Edit.remove("/n")));
        };
        List<Standing> chain = explain("auto").chain();
        assertThat(chain).extracting(Standing::verdict).containsExactly("admitted", "demoted", "excluded");
        assertThat(chain)
                .extracting(Standing::target)
                .containsExactly(Target.of("laptop/m"), Target.of("gpu/m"), Target.of("shelf/m"));
        assertThat(chain).extracting(Standing::reason).containsExactly("", "failed twice", "failed six times");
        assertThat(chain).extracting(Standing::by).containsExactly("", "health", "health");
        assertThat(chain.getFirst().edits()).contains("replace /model", "remove /n");
    }

    @Test
    void a_full_gate_is_told() throws Exception {
        try (RoutedResponse running = ask(stream("laptop/m"))) {
            assertThat(explain("auto").chain().get(1).full()).containsExactly("one (1 of 1 taken, 0 waiting)");
            assertThat(explain("auto").chain().getFirst().full()).isEmpty();
            assertThat(running.streamed()).isTrue();
        }
    }

    @Test
    void what_refuses_it_is_told_and_not_thrown() throws Exception {
        refused(Unroutable.class, chat("nobody-knows-it")); // has all lists read
        RouteTrace unknown = explain("nobody-knows-it");
        assertThat(unknown.problem()).hasValueSatisfying(problem -> {
            assertThat(problem.status()).isEqualTo(404);
            assertThat(problem.code()).isEqualTo("model_not_found");
        });
        assertThat(engine().explain(body("[]")).problem().orElseThrow().status())
                .isEqualTo(400);
    }

    @Test
    void a_guard_that_refuses_the_request_is_told() throws Exception {
        guard("loop").screens = screening -> Ruling.refuse(Refusal.of(Refusal.Kind.NOT_ALLOWED, "no loops"));
        assertThat(explain("auto").problem().orElseThrow().message()).isEqualTo("no loops");
    }

    @Test
    void a_defect_is_told_by_name() throws Exception {
        guard("broken").assesses = candidate -> {
            throw new IllegalStateException("oops");
        };
        assertThat(explain("auto").problem().orElseThrow().message()).contains("guard broken", "oops");
    }

    @Test
    void a_real_request_leaves_the_same() throws Exception {
        layout.rule(MEASURES, "gpu/m");
        try (RoutedResponse response = ask(chat("auto"))) {
            String id = response.trace().id();
            RouteTrace under_way = engine().trace(id).orElseThrow();
            assertThat(under_way.rules()).containsExactly(new Ruled("rule 1", false, "test (seen: 0.27)"));
            assertThat(under_way.chain()).extracting(Standing::verdict).containsOnly("admitted");
            assertThat(under_way.outcome()).isEmpty();
            response.text();
        }
        assertThat(engine().traces())
                .singleElement()
                .satisfies(trace -> assertThat(trace.outcome()).contains(RouteTrace.Outcome.ANSWERED));
    }

    @Test
    void what_a_matcher_measured_is_kept_in_a_few_words() throws Exception {
        layout.rule(
                new Matcher() {
                    @Override
                    public boolean matches(RequestView request) {
                        return false;
                    }

                    @Override
                    public String seen(RequestView request) {
                        return "x".repeat(1_000_000);
                    }
                },
                "gpu/m");
        bytes(chat("auto"));
        assertThat(engine().traces())
                .singleElement()
                .satisfies(trace -> assertThat(trace.rules().getFirst().why()).hasSizeLessThan(1_000));
    }

    @Test
    void a_request_that_failed_leaves_why() throws Exception {
        Unroutable failed = refused(Unroutable.class, chat("nobody-knows-it"));
        RouteTrace kept = engine().trace(failed.trace().id()).orElseThrow();
        assertThat(kept.problem()).contains(failed.problem());
        assertThat(kept.outcome()).contains(RouteTrace.Outcome.REFUSED);
    }

    @Test
    void a_request_that_could_not_be_read_leaves_why() throws Exception {
        Unroutable failed = refused(Unroutable.class, body("{\"model\":"));
        RouteTrace kept = engine().trace(failed.trace().id()).orElseThrow();
        assertThat(kept.problem()).contains(failed.problem());
        assertThat(kept.outcome()).contains(RouteTrace.Outcome.REFUSED);
        time.advance(Duration.ofSeconds(1));
        assertThat(engine().trace(kept.id()).orElseThrow().took()).isEqualTo(kept.took());
    }

    @Test
    void as_many_are_kept_as_configuration_says() throws Exception {
        layout.traces(2);
        for (String model : List.of("gpu/m", "laptop/m", "shelf/m")) {
            bytes(chat(model));
        }
        assertThat(engine().traces()).extracting(RouteTrace::model).containsExactly("shelf/m", "laptop/m");
    }

    @Test
    void targets_tell_what_guards_say_of_them() {
        FakeGuard guard = guard("health");
        guard.admits = attempt -> Admission.later("never asked");
        guard.assesses = candidate -> switch (candidate.target().backend()) {
            case "gpu" -> Verdict.demote("failed twice");
            case "shelf" -> Verdict.exclude(Refusal.of(Refusal.Kind.UNHEALTHY, "failed six times"));
            default -> Verdict.admit();
        };
        assertThat(engine().targets())
                .extracting(TargetReport::verdicts)
                .containsExactly(
                        List.of("health demotes it: failed twice"),
                        List.of(),
                        List.of("health excludes it: failed six times"));
    }
}
