package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.ScriptedHost;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Servers that keep one model and put another one in its place by themselves, on a machine with 64 bytes of which 4 are kept free. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SwappingTest {

    private static final Target SMALL = Target.of("mlx/small");
    private static final Target LARGE = Target.of("mlx/large");

    /** Its server tells which of them it has. */
    private final ScriptedHost telling = ScriptedHost.of("desk", 64)
            .server("box")
            .model("box/coder", 25)
            .swapper("mlx")
            .model("mlx/small", 30, told("small", 30))
            .model("mlx/large", 40, told("large", 40));

    private Residents residents = new Residents(telling, 64, 4);

    /** The same machine, of which that server tells nothing. */
    private static ScriptedHost silent() {
        return ScriptedHost.of("desk", 64)
                .server("box")
                .model("box/coder", 25)
                .swapper("mlx")
                .model("mlx/small", 30)
                .model("mlx/large", 40);
    }

    private static ModelInfo told(String name, long bytes) {
        return ModelInfo.named(name).withMemory(bytes).withLoaded(false);
    }

    /** It is let in, made ready, and loaded by the request itself. */
    private Admission.Granted begin(Target target) throws Exception {
        Admission.Granted granted = residents.ready(target.toString());
        assertThat(telling.othersLoad(target)).as("it fits").isTrue();
        residents.probe();
        return granted;
    }

    private void serve(Target target) throws Exception {
        residents.end(begin(target), target.toString());
        residents.pass(Duration.ofSeconds(1));
    }

    @Test
    void what_does_not_fit_beside_the_other_is_put_in_its_place() throws Exception {
        serve(SMALL);
        assertThat(residents.judges("mlx/large")).isEqualTo(Verdict.admit());
        serve(LARGE);

        assertThat(telling.residents()).containsExactly(LARGE);
        assertThat(telling.diary()).as("nobody tells it to").isEmpty();
    }

    @Test
    void it_counts_as_a_load_and_an_unload() throws Exception {
        serve(SMALL);
        serve(LARGE);

        assertThat(Reports.onlyHost(residents)).containsEntry("loads", 2).containsEntry("unloads", 1);
        assertThat(Reports.residents(residents))
                .extracting(resident -> resident.get("target"))
                .containsExactly("mlx/large");
    }

    @Test
    void nothing_is_put_in_the_place_of_what_is_answering() throws Exception {
        Admission.Granted answering = begin(SMALL);

        assertThat(residents.asks("mlx/large")).isEqualTo(Admission.later("mlx/small is in its place and busy"));
        residents.end(answering, "mlx/small");
        assertThat(residents.asks("mlx/large")).isInstanceOf(Admission.Granted.class);
    }

    @Test
    void others_go_where_what_comes_is_larger_than_what_goes() throws Exception {
        residents.serve("box/coder");
        serve(SMALL);
        serve(LARGE);

        assertThat(telling.diary()).containsExactly("load box/coder", "unload box/coder");
    }

    @Test
    void others_stay_where_it_fits_beside_them() throws Exception {
        residents.serve("box/coder");
        serve(SMALL);

        assertThat(telling.diary()).containsExactly("load box/coder");
    }

    @Test
    void what_is_pinned_is_not_given_away_where_both_would_fit_either() throws Exception {
        serveSmallPinnedAmong(640);

        assertThat(residents.judges("mlx/large")).isInstanceOf(Verdict.Exclude.class);
    }

    @Test
    void what_is_pinned_is_not_given_away() throws Exception {
        serveSmallPinnedAmong(64);

        Refusal refusal = ((Verdict.Exclude) residents.judges("mlx/large")).refusal();
        assertThat(refusal.message())
                .contains("mlx/large and mlx/small must not be in memory together, and mlx/small never goes");
    }

    private void serveSmallPinnedAmong(long bytes) throws Exception {
        residents = new Residents(telling, bytes, 4, config -> config.with(HostOptions.PIN, List.of(SMALL)));
        serve(SMALL);
    }

    @Test
    void for_others_it_does_not_go() throws Exception {
        serve(LARGE);

        assertThat(residents.judges("box/coder")).isInstanceOf(Verdict.Exclude.class);
    }

    @Test
    void it_is_foreseen() throws Exception {
        serve(SMALL);

        assertThat(residents.foresees("mlx/large"))
                .isEqualTo(Verdict.admit("mlx/large would be loaded; mlx/small would be unloaded for mlx/large"));
    }

    @Test
    void of_a_server_that_does_not_tell_the_largest_counts_until_one_was_asked_for() throws Exception {
        ScriptedHost silent = silent();
        residents = new Residents(silent, 64, 4);
        assertThat(residents.judges("box/coder")).isInstanceOf(Verdict.Exclude.class);
        residents.serve("mlx/small");

        residents.serve("box/coder");
        assertThat(silent.diary()).containsExactly("load box/coder");
        assertThat(residents.ask("mlx/small").preparation()).isEmpty();
    }

    @Test
    void where_the_request_failed_for_which_it_was_to_swap_its_largest_counts_again() throws Exception {
        residents = new Residents(silent(), 64, 4);
        residents.serve("mlx/large");
        assertThat(Reports.residents(residents))
                .singleElement()
                .satisfies(large -> assertThat(large).containsEntry("state", "there"));
        fails(residents.ready("mlx/small"), "mlx/small");

        assertThat(residents.judges("box/coder")).isInstanceOf(Verdict.Exclude.class);
        residents.serve("mlx/small");
        assertThat(residents.judges("box/coder")).isEqualTo(Verdict.admit());
    }

    @Test
    void a_server_that_tells_says_itself_what_it_has_then() throws Exception {
        serve(SMALL);
        fails(residents.ready("mlx/large"), "mlx/large");
        assertThat(Reports.residents(residents))
                .singleElement()
                .satisfies(large ->
                        assertThat(large).containsEntry("target", "mlx/large").containsEntry("state", "unsure"));
        residents.probe();

        assertThat(Reports.residents(residents))
                .extracting(resident -> resident.get("target"))
                .containsExactly("mlx/small");
    }

    private void fails(Admission.Granted granted, String target) throws Exception {
        granted.lease()
                .end(residents
                        .at(target, 10)
                        .report(
                                AttemptReport.Phase.ENDED,
                                new AttemptReport.Outcome.Failed(
                                        Failure.of(FailureKind.UNREACHABLE, "connection refused"))));
        residents.pass(Duration.ofSeconds(1));
    }
}
