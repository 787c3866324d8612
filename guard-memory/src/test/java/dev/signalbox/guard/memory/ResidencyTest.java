package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.machine.Commands;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.ScriptedHost;
import dev.signalbox.testkit.TestRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Which models are in memory together, on a machine with 64 bytes of which 4 are kept free. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ResidencyTest {

    private static final Target ARCHITECT = Target.of("box/architect");
    private static final Target CODER = Target.of("box/coder");
    private static final Target REVIEWER = Target.of("box/reviewer");

    private final ScriptedHost host = ScriptedHost.of("desk", 64)
            .server("box")
            .model("box/architect", 52)
            .model("box/coder", 19)
            .model("box/reviewer", 9)
            .model("box/giant", 100);

    private Residents residents = new Residents(host, 64, 4);

    @Test
    void a_model_that_is_not_there_is_loaded_before_its_first_request() throws Exception {
        residents.serve("box/coder");

        assertThat(host.diary()).containsExactly("load box/coder");
    }

    @Test
    void a_model_that_is_there_is_asked_at_once() throws Exception {
        residents.serve("box/coder");

        assertThat(residents.ask("box/coder").preparation()).isEmpty();
    }

    @Test
    void models_that_fit_together_stay_together() throws Exception {
        residents.serve("box/coder");
        residents.serve("box/reviewer");

        assertThat(host.diary()).containsExactly("load box/coder", "load box/reviewer");
        assertThat(host.residents()).containsExactlyInAnyOrder(CODER, REVIEWER);
    }

    @Test
    void who_is_in_the_way_goes_and_is_gone_before_the_other_comes() throws Exception {
        residents.serve("box/coder");
        residents.serve("box/architect");

        assertThat(host.diary()).containsExactly("load box/coder", "unload box/coder", "load box/architect");
    }

    @Test
    void a_model_that_is_answering_is_not_sent_away() throws Exception {
        Admission.Granted answering = residents.ready("box/coder");

        assertThat(residents.asks("box/architect")).isEqualTo(Admission.later("box/coder is in its place and busy"));
        residents.end(answering, "box/coder");
        assertThat(residents.asks("box/architect")).isInstanceOf(Admission.Granted.class);
    }

    @Test
    void nobody_is_let_in_to_a_model_that_is_about_to_go() throws Exception {
        residents.serve("box/coder");
        Admission.Granted architect = residents.ask("box/architect");

        assertThat(residents.asks("box/coder")).isEqualTo(Admission.later("box/architect is being made ready on desk"));
        residents.prepare(architect);
        assertThat(residents.asks("box/coder")).isInstanceOf(Admission.Later.class);
    }

    @Test
    void an_attempt_that_is_not_let_in_after_all_leaves_no_trace() throws Exception {
        residents.serve("box/coder");
        residents.ask("box/architect").lease().undo();

        assertThat(residents.ask("box/coder").preparation()).isEmpty();
        assertThat(residents.ask("box/reviewer").preparation()).isPresent();
    }

    @Test
    void an_attempt_that_ends_before_it_is_prepared_leaves_the_books_right() throws Exception {
        residents.serve("box/coder");
        residents.end(residents.ask("box/architect"), "box/architect");

        assertThat(residents.ask("box/coder").preparation()).isEmpty();
    }

    @Test
    void what_never_fits_is_refused_with_all_figures_before_anybody_waits() {
        Verdict verdict = residents.judges("box/giant");

        Refusal refusal = ((Verdict.Exclude) verdict).refusal();
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NO_MEMORY);
        assertThat(refusal.kind().status()).isEqualTo(507);
        assertThat(refusal.details())
                .containsEntry("needed", "100")
                .containsEntry("free", "60")
                .containsEntry("capacity", "64")
                .containsEntry("largest", "box/architect");
    }

    @Test
    void the_runtime_is_asked_what_is_really_loaded_and_what_others_loaded_goes_too() throws Exception {
        host.othersLoad(CODER);
        residents.serve("box/architect");

        assertThat(host.diary()).containsExactly("unload box/coder", "load box/architect");
    }

    @Test
    void a_model_that_others_loaded_is_not_loaded_again() throws Exception {
        host.othersLoad(CODER);
        residents.serve("box/reviewer");

        assertThat(host.residents()).containsExactlyInAnyOrder(CODER, REVIEWER);
        assertThat(residents.ask("box/coder").preparation()).isEmpty();
    }

    @Test
    void memory_is_looked_at_again_after_unloading_and_not_before() throws Exception {
        residents.serve("box/coder");
        host.meanwhile((act, target) -> {
            if (act == ScriptedHost.Act.UNLOAD && target.equals(CODER)) {
                host.othersLoad(REVIEWER);
            }
        });
        residents.serve("box/architect");

        assertThat(host.diary())
                .containsExactly("load box/coder", "unload box/coder", "unload box/reviewer", "load box/architect");
    }

    @Test
    void a_model_that_is_there_needs_no_room_of_its_own() throws Exception {
        residents.serve("box/architect");

        assertThat(residents.judges("box/architect")).isEqualTo(Verdict.admit());
        assertThat(residents.ask("box/architect").preparation()).isEmpty();
    }

    @Test
    void a_load_that_fails_leaves_the_books_right() throws Exception {
        host.failsToLoad(CODER, FailureKind.MODEL_UNAVAILABLE);
        BackendException failed = residents.fails("box/coder");
        assertThat(failed.kind()).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
        host.failsToLoad(CODER, FailureKind.DEFECT);

        residents.serve("box/architect");

        assertThat(host.diary()).containsExactly("load box/architect");
    }

    @Test
    void a_size_that_was_a_lie_is_learnt() throws Exception {
        host.model("box/liar", 40, ModelInfo.named("liar").withDisk(5));
        residents.serve("box/coder");
        residents.serve("box/liar");
        assertThat(host.used()).isEqualTo(59);

        host.othersUnload(Target.of("box/liar"));
        residents.probe();
        residents.serve("box/reviewer");
        residents.serve("box/liar");

        assertThat(host.diary()).endsWith("load box/reviewer", "unload box/coder", "load box/liar");
    }

    @Test
    void a_lie_that_does_not_fit_fails_as_out_of_memory_and_the_chain_goes_on() throws Exception {
        host.model("box/liar", 70, ModelInfo.named("liar").withDisk(5));

        assertThat(residents.fails("box/liar").kind()).isEqualTo(FailureKind.OUT_OF_MEMORY);
    }

    @Test
    void a_crashed_server_holds_no_memory() throws Exception {
        host.server("other").model("other/m", 30);
        residents.serve("other/m");
        host.crash("other");
        residents.serve("box/architect");

        assertThat(host.diary()).containsExactly("load other/m", "load box/architect");
    }

    @Test
    void a_server_that_cannot_unload_is_planned_around() throws Exception {
        host.server("fixed", false).model("fixed/m", 20);
        residents.serve("fixed/m");

        assertThat(residents.fails("box/architect").kind()).isEqualTo(FailureKind.OUT_OF_MEMORY);
        assertThat(residents.judges("box/architect")).isInstanceOf(Verdict.Exclude.class);
        residents.serve("box/coder");
        assertThat(host.residents()).contains(CODER, Target.of("fixed/m"));
    }

    @Test
    void a_server_that_was_started_again_so_that_it_can_unload_is_believed() throws Exception {
        host.server("fixed", false).model("fixed/m", 20);
        residents.serve("fixed/m");
        residents.fails("box/architect");
        host.crash("fixed");
        residents.probe();
        host.revive("fixed");
        host.server("fixed").othersLoad(Target.of("fixed/m"));
        residents.serve("box/architect");

        assertThat(host.diary()).endsWith("unload fixed/m", "load box/architect");
    }

    @Test
    void a_server_that_did_not_unload_is_asked_again_after_some_minutes() throws Exception {
        host.server("fixed", false).model("fixed/m", 20);
        residents.serve("fixed/m");
        residents.fails("box/architect");
        host.server("fixed");
        residents.pass(Duration.ofMinutes(4));
        assertThat(residents.judges("box/architect")).isInstanceOf(Verdict.Exclude.class);
        residents.pass(Duration.ofMinutes(1));
        residents.serve("box/architect");

        assertThat(host.diary()).endsWith("unload fixed/m", "load box/architect");
    }

    @Test
    void who_does_not_unload_is_named_and_it_is_not_held_against_the_one_that_is_wanted() throws Exception {
        host.server("other").model("other/m", 30);
        residents.serve("other/m");
        host.failsToUnload(Target.of("other/m"), FailureKind.SERVER_ERROR);

        BackendException failed = residents.fails("box/architect");
        assertThat(failed.kind()).isEqualTo(FailureKind.LOADING);
        assertThat(failed.failure().message())
                .isEqualTo("other/m is in its place, and other has not unloaded it: it is told to fail");
        host.failsToUnload(Target.of("other/m"), FailureKind.DEFECT);
        residents.serve("box/architect");
        assertThat(host.diary()).endsWith("unload other/m", "load box/architect");
    }

    @Test
    void a_server_that_does_not_unload_for_its_own_model_has_failed_itself() throws Exception {
        residents.serve("box/coder");
        host.failsToUnload(CODER, FailureKind.SERVER_ERROR);

        assertThat(residents.fails("box/architect").kind()).isEqualTo(FailureKind.SERVER_ERROR);
    }

    @Test
    void who_might_fit_waits_for_a_server_that_does_not_answer() throws Exception {
        host.server("other").model("other/m", 30);
        residents.serve("other/m");
        host.failsToTell("other", FailureKind.TIMED_OUT);

        String silence = "other does not answer, and what it has loaded on desk is in the way";
        BackendException failed = residents.fails("box/architect");
        assertThat(failed.kind()).isEqualTo(FailureKind.LOADING);
        assertThat(failed.failure().message()).isEqualTo(silence);
        assertThat(residents.judges("box/architect")).isEqualTo(Verdict.admit());
        assertThat(residents.asks("box/architect")).isEqualTo(Admission.later(silence));
        assertThat(residents.judges("box/giant")).isInstanceOf(Verdict.Exclude.class);
        assertThat(residents.context().askedAgain()).isZero();

        host.failsToTell("other", FailureKind.DEFECT);
        residents.probe();
        assertThat(residents.context().askedAgain()).isEqualTo(1);
        residents.serve("box/architect");
        assertThat(host.diary()).endsWith("unload other/m", "load box/architect");
    }

    @Test
    void an_exclusive_model_is_alone() throws Exception {
        residents = new Residents(host, 640, 4, config -> config.with(HostOptions.EXCLUSIVE, List.of(ARCHITECT)));
        residents.serve("box/coder");
        residents.serve("box/reviewer");
        residents.serve("box/architect");
        assertThat(host.residents()).containsExactly(ARCHITECT);
        residents.serve("box/coder");

        assertThat(host.residents()).containsExactly(CODER);
    }

    @Test
    void a_pinned_model_stays() throws Exception {
        residents = new Residents(host, 64, 4, config -> config.with(HostOptions.PIN, List.of(CODER)));
        residents.serve("box/coder");

        assertThat(residents.judges("box/architect")).isInstanceOf(Verdict.Exclude.class);
    }

    @Test
    void a_model_goes_when_nobody_has_asked_for_it_for_long_from_the_end_of_its_last_request() throws Exception {
        residents = new Residents(
                host, 64, 4, config -> config.withPresent(HostOptions.IDLE_UNLOAD, Duration.ofMinutes(10)));
        Admission.Granted long_ = residents.ready("box/coder");
        residents.pass(Duration.ofMinutes(30));
        assertThat(host.residents()).containsExactly(CODER);
        residents.end(long_, "box/coder");
        residents.pass(Duration.ofMinutes(9));
        assertThat(host.residents()).containsExactly(CODER);
        residents.pass(Duration.ofMinutes(1).plusSeconds(5));

        assertThat(host.residents()).isEmpty();
        residents.serve("box/coder");
    }

    @Test
    void what_others_use_is_not_unloaded_for_being_idle_here() throws Exception {
        residents = new Residents(
                host, 64, 4, config -> config.withPresent(HostOptions.IDLE_UNLOAD, Duration.ofMinutes(10)));
        host.othersLoad(REVIEWER);
        residents.serve("box/coder");
        residents.pass(Duration.ofHours(2));

        assertThat(host.residents()).containsExactly(REVIEWER);
    }

    @Test
    void what_is_to_be_there_always_is_loaded_when_its_server_is_there_and_when_it_is_back() throws Exception {
        residents = new Residents(host, 64, 4, config -> config.with(HostOptions.PRELOAD, List.of(REVIEWER)));
        residents.pass(Duration.ofSeconds(10));
        assertThat(host.residents()).containsExactly(REVIEWER);
        host.crash("box");
        residents.probe();
        residents.pass(Duration.ofSeconds(10));
        host.revive("box");
        residents.probe();
        residents.pass(Duration.ofSeconds(10));

        assertThat(host.diary()).containsExactly("load box/reviewer", "load box/reviewer");
    }

    @Test
    void what_grows_with_its_prompts_is_refused_a_prompt_that_does_not_fit() throws Exception {
        host.model("box/grows", 10, ModelInfo.named("grows").withMemory(10).withTokenMemory(1));
        residents.serve("box/grows");

        assertThat(residents.judges("box/grows", 30)).isEqualTo(Verdict.admit());
        Refusal refusal = ((Verdict.Exclude) residents.judges("box/grows", 51)).refusal();
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NO_MEMORY);
    }

    @Test
    void tokens_are_counted_only_where_memory_grows_with_them() throws Exception {
        AtomicInteger counted = new AtomicInteger();
        host.model("box/grows", 10, ModelInfo.named("grows").withMemory(10).withTokenMemory(1));

        residents.judges("box/coder", counting(counted));
        residents.asks("box/coder", counting(counted));
        assertThat(counted).hasValue(0);
        residents.judges("box/grows", counting(counted));
        assertThat(counted).hasPositiveValue();
    }

    /** A request that notices that somebody has its tokens counted. */
    private static RequestView counting(AtomicInteger counted) {
        TestRequest request = TestRequest.saying("All clear?");
        return (RequestView) Proxy.newProxyInstance(
                ResidencyTest.class.getClassLoader(),
                new Class<?>[] {RequestView.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("approximateTokens")) {
                        counted.incrementAndGet();
                    }
                    return method.invoke(request, arguments);
                });
    }

    @Test
    @SuppressWarnings("unchecked")
    void operators_see_who_waits_for_which_model() throws Exception {
        residents.ready("box/coder");
        host.waits(CODER, 1);
        host.waits(ARCHITECT, 3);

        Map<String, Object> report = (Map<String, Object>)
                residents.context().report("memory").orElseThrow().content().get();
        Map<String, Object> desk = ((List<Map<String, Object>>) report.get("hosts")).getFirst();
        assertThat((List<Map<String, Object>>) desk.get("waiting"))
                .as("what waits for what is there waits for a place, not for memory")
                .containsExactly(Map.of("target", "box/architect", "bytes", 52L, "requests", 3));
    }

    @Test
    void what_was_promised_to_one_request_is_not_promised_to_the_next() throws Exception {
        host.model("box/grows", 10, ModelInfo.named("grows").withMemory(10).withTokenMemory(1));
        residents.serve("box/grows");
        Admission.Granted first = (Admission.Granted) residents.asks("box/grows", 30);

        assertThat(residents.asks("box/grows", 30)).isInstanceOf(Admission.Later.class);
        residents.end(first, "box/grows");
        assertThat(residents.asks("box/grows", 30)).isInstanceOf(Admission.Granted.class);
    }

    @Test
    void others_go_so_that_a_long_prompt_fits() throws Exception {
        host.model("box/grows", 10, ModelInfo.named("grows").withMemory(10).withTokenMemory(1));
        residents.serve("box/coder");
        residents.serve("box/grows");
        Admission.Granted granted = (Admission.Granted) residents.asks("box/grows", 45);
        residents.prepare(granted);

        assertThat(host.diary()).endsWith("unload box/coder");
    }

    @Test
    void a_machine_of_which_nothing_is_said_is_left_to_its_servers() {
        ScriptedHost other = ScriptedHost.of("elsewhere", 10).server("far").model("far/m", 500);
        Residents uncounted = new Residents(other, "desk", 64, 4);

        assertThat(uncounted.judges("far/m")).isEqualTo(Verdict.admit());
        assertThat(uncounted.ask("far/m").preparation()).isEmpty();
    }

    @Test
    @SuppressWarnings("unchecked")
    void a_machine_elsewhere_that_is_to_be_measured_is_left_to_its_servers_and_that_is_said() {
        ScriptedHost far = ScriptedHost.of("far", 64).server("box").model("box/giant", 100L << 20);
        residents = Residents.measured(far, 0, config -> config, (command, deadline) -> Optional.of("10\n"));
        residents.probe();
        residents.pass(Duration.ofSeconds(10));

        assertThat(residents.judges("box/giant")).isEqualTo(Verdict.admit());
        assertThat(residents.ask("box/giant").preparation()).isEmpty();
        Map<String, Object> report = (Map<String, Object>)
                residents.context().report("memory").orElseThrow().content().get();
        assertThat((List<Object>) report.get("hosts")).isEmpty();
        assertThat((List<Map<String, Object>>) report.get("not_counted"))
                .singleElement()
                .satisfies(other -> assertThat(other)
                        .containsEntry("host", "far")
                        .containsEntry(
                                "why",
                                "it can be measured only where the router runs. Write it down: hosts: { far: { memory:"
                                        + " 64GiB } }"));
    }

    @Test
    void what_was_measured_last_stands_while_the_cards_do_not_tell() throws Exception {
        AtomicReference<Optional<String>> free = new AtomicReference<>(Optional.of("60\n"));
        measuredHere(config -> config, (command, deadline) -> free.get());
        residents.serve("box/coder");
        free.set(Optional.empty());
        residents.pass(Duration.ofSeconds(10));

        assertThat(residents.judges("box/architect")).isEqualTo(Verdict.admit());
        assertThat(residents.judges("box/giant")).isInstanceOf(Verdict.Exclude.class);
    }

    @Test
    void a_model_that_is_half_loaded_makes_no_machine_larger() throws Exception {
        ScriptedHost here = measuredHere(config -> config, (command, deadline) -> Optional.of("60\n"));
        here.meanwhile((act, target) -> {
            if (act == ScriptedHost.Act.LOAD) {
                residents.pass(Duration.ofSeconds(5));
            }
        });
        residents.ready("box/architect");

        assertThat(residents.judges("box/giant")).isInstanceOf(Verdict.Exclude.class);
    }

    @Test
    void nobody_is_let_in_before_the_machine_was_measured_which_is_done_at_once() throws Exception {
        ScriptedHost here = ScriptedHost.of("localhost", 64L << 20)
                .server("box")
                .model("box/coder", 19L << 20)
                .model("box/architect", 52L << 20);
        residents = Residents.measured(
                here,
                0,
                config -> config.with(HostOptions.EXCLUSIVE, List.of(ARCHITECT)),
                (command, deadline) -> Optional.of("1000\n"));

        assertThat(residents.asks("box/coder")).isEqualTo(Admission.later("the memory of localhost is being measured"));
        residents.pass(Duration.ZERO);
        assertThat(residents.context().askedAgain()).isEqualTo(1);
        residents.serve("box/coder");
        residents.serve("box/architect");
        assertThat(here.diary()).containsExactly("load box/coder", "unload box/coder", "load box/architect");
    }

    @Test
    void a_machine_that_nobody_can_measure_keeps_nobody_waiting() {
        ScriptedHost here = ScriptedHost.of("localhost", 64).server("box").model("box/coder", 19);
        residents = Residents.measured(here, 0, config -> config, (command, deadline) -> Optional.empty());
        residents.asks("box/coder");
        residents.pass(Duration.ZERO);

        assertThat(residents.ask("box/coder").preparation()).isEmpty();
    }

    /** A machine where the router runs, with models of 19, 52 and 100 MiB, and cards of which a program tells. */
    private ScriptedHost measuredHere(UnaryOperator<PluginConfig> rules, Commands commands) {
        ScriptedHost here = ScriptedHost.of("localhost", 64L << 20)
                .server("box")
                .model("box/coder", 19L << 20)
                .model("box/architect", 52L << 20)
                .model("box/giant", 100L << 20);
        residents = Residents.measured(here, 0, rules, commands);
        residents.probe();
        residents.pass(Duration.ofSeconds(5));
        return here;
    }

    @Test
    void a_failed_preparation_that_found_no_memory_counts_as_out_of_memory() throws Exception {
        host.failsToLoad(CODER, FailureKind.OUT_OF_MEMORY);
        Admission.Granted granted = residents.ask("box/coder");
        BackendException failed = catchThrowableOfType(
                BackendException.class,
                () -> granted.preparation().orElseThrow().run(Deadline.never()));
        granted.lease()
                .end(residents
                        .at("box/coder", 10)
                        .report(
                                AttemptReport.Phase.ENDED,
                                new AttemptReport.Outcome.Failed(Failure.of(
                                        failed.kind(), failed.failure().message()))));

        assertThat(residents.judges("box/coder")).isInstanceOf(Verdict.Demote.class);
    }
}
