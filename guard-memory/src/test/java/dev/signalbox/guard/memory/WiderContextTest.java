package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.ScriptedHost;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Requests that want a larger context than the model was loaded with: it is loaded again, as any other model is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WiderContextTest extends DeskFixture {

    private static final Target WIDE = Target.of("box/wide");
    private static final long USUAL = ScriptedHost.USUAL_CONTEXT;

    /** It takes 10, and one more for each token beyond the usual context. */
    @BeforeEach
    void a_model_whose_context_takes_memory() {
        host.model(
                "box/wide",
                10,
                ModelInfo.named("wide").withMemory(10).withTokenMemory(1).withContext(USUAL));
    }

    private void serve(long context) throws Exception {
        serve("box/wide", context);
    }

    private void serve(String target, long context) throws Exception {
        Admission.Granted granted = (Admission.Granted) residents.asks(residents.wanting(target, context));
        residents.prepare(granted);
        residents.end(granted, target);
        residents.pass(Duration.ofSeconds(1));
    }

    @Test
    void the_model_is_loaded_again_before_the_request_is_sent() throws Exception {
        residents.serve("box/wide");
        serve(USUAL + 10);

        assertThat(host.diary()).containsExactly("load box/wide", "load box/wide with 4106 tokens");
        assertThat(host.context(WIDE)).isEqualTo(USUAL + 10);
        assertThat(desk()).containsEntry("loads", 2).containsEntry("unloads", 1);
        assertThat(residents.ask("box/wide").preparation()).as("the next one").isEmpty();
    }

    @Test
    void a_model_that_is_not_there_is_loaded_with_it_at_once() throws Exception {
        serve(USUAL + 10);

        assertThat(host.diary()).containsExactly("load box/wide with 4106 tokens");
    }

    @Test
    void what_it_takes_is_counted_and_others_go_for_it() throws Exception {
        residents.serve("box/coder");
        residents.serve("box/reviewer");
        residents.serve("box/wide");
        serve(USUAL + 30);

        assertThat(host.diary()).endsWith("unload box/coder", "load box/wide with 4126 tokens");
        assertThat(host.used()).isEqualTo(49);
    }

    @Test
    void where_nobody_tells_what_a_token_takes_a_guess_is_counted_and_others_go_for_it() throws Exception {
        host.model("box/quiet", 10, ModelInfo.named("quiet").withDisk(8).withContext(USUAL));
        residents.serve("box/coder");
        residents.serve("box/reviewer");
        residents.serve("box/quiet");
        serve("box/quiet", USUAL + 30);

        assertThat(host.diary()).endsWith("unload box/coder", "load box/quiet with 4126 tokens");
    }

    @Test
    void what_can_never_fit_is_refused_and_what_is_there_stays() throws Exception {
        residents.serve("box/wide");

        Verdict verdict = residents.judges(residents.wanting("box/wide", USUAL + 60));
        assertThat(((Verdict.Exclude) verdict).refusal().kind()).isEqualTo(Refusal.Kind.NO_MEMORY);
        assertThat(residents.judges("box/wide")).isEqualTo(Verdict.admit());
    }

    @Test
    void it_is_done_once_and_others_wait_for_it() throws Exception {
        residents.serve("box/wide");
        Admission.Granted first = (Admission.Granted) residents.asks(residents.wanting("box/wide", USUAL + 10));

        Admission later = Admission.later("box/wide is being made ready on desk");
        assertThat(residents.asks(residents.wanting("box/wide", USUAL + 10))).isEqualTo(later);
        assertThat(residents.asks("box/wide")).isEqualTo(later);
        residents.prepare(first);
        assertThat(((Admission.Granted) residents.asks(residents.wanting("box/wide", USUAL + 10))).preparation())
                .isEmpty();
        assertThat(host.diary()).hasSize(2);
    }

    @Test
    void nobody_who_is_being_answered_is_disturbed() throws Exception {
        Admission.Granted answering = residents.ready("box/wide");

        assertThat(residents.asks(residents.wanting("box/wide", USUAL + 10)))
                .isEqualTo(Admission.later("box/wide is answering with a smaller context"));
        residents.end(answering, "box/wide");
        assertThat(residents.asks(residents.wanting("box/wide", USUAL + 10))).isInstanceOf(Admission.Granted.class);
    }

    @Test
    void for_a_smaller_one_nothing_is_loaded_again() throws Exception {
        residents.serve("box/wide");

        assertThat(((Admission.Granted) residents.asks(residents.wanting("box/wide", USUAL / 2))).preparation())
                .isEmpty();
    }

    @Test
    void what_is_kept_longer_keeps_its_context() throws Exception {
        serve(USUAL + 10);
        residents = new Residents(
                host, 64, 4, config -> config.withPresent(HostOptions.IDLE_UNLOAD, Duration.ofMinutes(10)));
        residents.serve("box/wide");

        assertThat(host.kept(WIDE)).contains(Duration.ofMinutes(10));
        assertThat(host.context(WIDE)).isEqualTo(USUAL + 10);
    }

    @Test
    void a_server_that_gives_less_is_not_asked_for_it_each_time() throws Exception {
        host.mostContext(USUAL + 5);
        residents.serve("box/wide");
        serve(USUAL + 10);
        assertThat(host.diary()).hasSize(2);
        serve(USUAL + 10);

        assertThat(host.diary()).hasSize(2);
        host.mostContext(USUAL + 50).crash("box");
        residents.probe();
        host.revive("box");
        serve(USUAL + 10);
        assertThat(host.context(WIDE)).as("it was started again").isEqualTo(USUAL + 10);
    }

    @Test
    void what_cannot_be_loaded_again_after_all_stays_in_the_books() throws Exception {
        host.server("other").model("other/m", 30);
        residents.serve("other/m");
        residents.serve("box/wide");
        host.failsToTell("other", FailureKind.TIMED_OUT);
        Admission.Granted granted = (Admission.Granted) residents.asks(residents.wanting("box/wide", USUAL + 30));

        assertThat(catchThrowableOfType(BackendException.class, () -> residents.prepare(granted))
                        .kind())
                .isEqualTo(FailureKind.LOADING);
        residents.end(granted, "box/wide");
        assertThat(Reports.residents(residents))
                .extracting(resident -> resident.get("target"))
                .contains("box/wide");
        assertThat(residents.ask("box/wide").preparation()).as("it is there").isEmpty();
    }

    @Test
    void it_is_foreseen() throws Exception {
        residents.serve("box/wide");

        assertThat(residents.judges(residents.wanting("box/wide", USUAL + 10).asExplained()))
                .isEqualTo(Verdict.admit("box/wide would be loaded again with a context of 4106 tokens"));
    }
}
