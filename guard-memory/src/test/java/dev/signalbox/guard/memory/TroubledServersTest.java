package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Servers of a machine that crash, are deaf, keep what they have, or fail. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TroubledServersTest extends DeskFixture {

    @Test
    void a_crashed_server_holds_no_memory() throws Exception {
        host.server("other").model("other/m", 30);
        residents.serve("other/m");
        host.crash("other");
        residents.serve("box/architect");

        assertThat(host.diary()).containsExactly("load other/m", "load box/architect");
    }

    @Test
    void what_a_crashed_server_had_is_struck_off_though_nobody_needs_its_place() throws Exception {
        host.server("other").model("other/m", 30);
        residents.serve("other/m");
        host.crash("other");
        residents.serve("box/coder");

        assertThat(Reports.residents(residents))
                .extracting(resident -> resident.get("target"))
                .containsExactly("box/coder");
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
    void a_load_that_fails_leaves_the_books_right() throws Exception {
        host.failsToLoad(CODER, FailureKind.MODEL_UNAVAILABLE);
        BackendException failed = residents.fails("box/coder");
        assertThat(failed.kind()).isEqualTo(FailureKind.MODEL_UNAVAILABLE);
        host.failsToLoad(CODER, FailureKind.DEFECT);

        residents.serve("box/architect");

        assertThat(host.diary()).containsExactly("load box/architect");
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
