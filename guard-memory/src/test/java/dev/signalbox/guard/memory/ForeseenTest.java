package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Verdict;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a request that is only explained is told of what would be loaded and unloaded for it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ForeseenTest extends DeskFixture {

    @Test
    void what_would_be_loaded_is_told() {
        assertThat(residents.foresees("box/coder")).isEqualTo(Verdict.admit("box/coder would be loaded"));
    }

    @Test
    void what_would_be_unloaded_for_it_is_told() throws Exception {
        residents.serve("box/reviewer");
        residents.serve("box/coder");

        assertThat(residents.foresees("box/architect"))
                .isEqualTo(Verdict.admit("box/architect would be loaded;"
                        + " box/coder, box/reviewer would be unloaded for box/architect"));
    }

    @Test
    void for_what_would_have_to_wait_the_reason_is_told() throws Exception {
        Admission.Granted answering = residents.ready("box/coder");

        assertThat(residents.foresees("box/architect"))
                .isEqualTo(Verdict.admit("box/architect would have to wait: box/coder is in its place and busy"));
        residents.end(answering, "box/coder");
    }

    @Test
    void of_a_model_that_is_there_nothing_is_said() throws Exception {
        residents.serve("box/coder");

        assertThat(residents.foresees("box/coder")).isEqualTo(Verdict.admit());
    }

    @Test
    void a_real_request_has_no_note_of_it() {
        assertThat(residents.judges("box/coder")).isEqualTo(Verdict.admit());
    }

    @Test
    void it_is_told_of_what_comes_last_too() throws Exception {
        residents
                .ask("box/coder")
                .lease()
                .end(residents
                        .at("box/coder", 10)
                        .report(
                                AttemptReport.Phase.ENDED,
                                new AttemptReport.Outcome.Failed(
                                        Failure.of(FailureKind.OUT_OF_MEMORY, "out of memory"))));

        assertThat(((Verdict.Demote) residents.foresees("box/coder")).reason())
                .startsWith("box/coder ran out of memory")
                .endsWith("; box/coder would be loaded");
    }

    @Test
    void nothing_changes() throws Exception {
        residents.serve("box/coder");
        Map<String, Object> before = report();
        residents.foresees("box/architect");
        residents.foresees("box/coder");

        assertThat(report()).isEqualTo(before);
        assertThat(host.diary()).containsExactly("load box/coder");
        assertThat(residents.ask("box/coder").preparation()).isEmpty();
    }
}
