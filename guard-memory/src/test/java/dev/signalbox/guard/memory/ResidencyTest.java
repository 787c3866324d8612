package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.ScriptedHost;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Which models are in memory together, on a machine with 64 bytes of which 4 are kept free. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ResidencyTest extends DeskFixture {

    @Test
    void a_model_that_is_not_there_is_loaded_before_its_first_request() throws Exception {
        residents.serve("box/coder");

        assertThat(host.diary()).containsExactly("load box/coder");
    }

    @Test
    void a_model_of_a_server_that_told_later_what_it_has_is_loaded_too() throws Exception {
        residents.serve("box/coder");
        host.server("other").model("other/chat", 20);
        residents.serve("other/chat");

        assertThat(host.diary()).containsExactly("load box/coder", "load other/chat");
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
    void what_never_fits_is_refused_with_all_figures_before_anybody_waits() throws Exception {
        residents.serve("box/coder");
        Verdict verdict = residents.judges("box/giant");

        Refusal refusal = ((Verdict.Exclude) verdict).refusal();
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NO_MEMORY);
        assertThat(refusal.kind().status()).isEqualTo(507);
        assertThat(refusal.details())
                .containsEntry("needed", "100")
                .containsEntry("free", "41")
                .containsEntry("most", "60")
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
}
