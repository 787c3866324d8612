package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.ModelLifecycle;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.ScriptedHost;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What operators say of models in memory. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OperatorsRulesTest extends DeskFixture {

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
    void what_is_said_of_a_model_counts_by_the_name_that_its_server_gives_it() throws Exception {
        Target big = Target.of("box/big:latest");
        Target small = Target.of("box/small:latest");
        host.model("box/big:latest", 20).model("box/small:latest", 5);
        residents = new Residents(
                host,
                64,
                4,
                config -> config.with(HostOptions.EXCLUSIVE, List.of(Target.of("box/big")))
                        .with(HostOptions.PIN, List.of(CODER, Target.of("box/small")))
                        .with(HostOptions.PRELOAD, List.of(Target.of("box/small"))));
        residents.pass(Duration.ofSeconds(10));

        assertThat(host.residents()).as("loaded before anybody asks").containsExactly(small);
        assertThat(host.kept(small)).as("for ever").contains(ModelLifecycle.FOR_EVER);
        assertThat(residents.judges(big.toString()))
                .as("nothing is loaded beside it, and who is there never goes")
                .isInstanceOf(Verdict.Exclude.class);
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
    void servers_are_told_how_long_to_keep_a_model() throws Exception {
        residents = new Residents(
                host,
                64,
                4,
                config -> config.with(HostOptions.PIN, List.of(REVIEWER))
                        .withPresent(HostOptions.IDLE_UNLOAD, Duration.ofMinutes(10)));
        residents.serve("box/coder");
        residents.serve("box/reviewer");

        assertThat(host.kept(CODER)).contains(Duration.ofMinutes(10));
        assertThat(host.kept(REVIEWER)).contains(ModelLifecycle.FOR_EVER);
    }

    @Test
    void what_is_to_be_there_always_is_kept_so_and_of_all_else_nothing_is_said() throws Exception {
        residents = new Residents(host, 64, 4, config -> config.with(HostOptions.PRELOAD, List.of(REVIEWER)));
        residents.pass(Duration.ofSeconds(10));
        residents.serve("box/coder");

        assertThat(host.kept(REVIEWER)).contains(ModelLifecycle.FOR_EVER);
        assertThat(host.kept(CODER)).isEmpty();
    }

    @Test
    void what_others_loaded_is_kept_as_said_from_the_first_request_that_finds_it() throws Exception {
        residents = new Residents(host, 64, 4, config -> config.with(HostOptions.PIN, List.of(CODER)));
        host.othersLoad(CODER);
        residents.serve("box/coder");

        assertThat(host.kept(CODER)).contains(ModelLifecycle.FOR_EVER);
    }

    @Test
    void that_is_said_once_and_of_what_a_probe_has_found_too() throws Exception {
        residents = new Residents(host, 64, 4, config -> config.with(HostOptions.PIN, List.of(CODER)));
        residents.serve("box/reviewer");
        host.othersLoad(CODER);
        residents.probe();
        residents.serve("box/coder");

        assertThat(host.kept(CODER)).contains(ModelLifecycle.FOR_EVER);
        assertThat(residents.ask("box/coder").preparation()).isEmpty();
        assertThat(Reports.onlyHost(residents)).containsEntry("loads", 1);
    }

    @Test
    void nobody_fails_because_a_model_that_is_there_cannot_be_kept() throws Exception {
        residents = new Residents(host, 64, 4, config -> config.with(HostOptions.PIN, List.of(CODER)));
        host.othersLoad(CODER);
        host.failsToLoad(CODER, FailureKind.UNSUPPORTED);
        residents.serve("box/coder");

        assertThat(residents.ask("box/coder").preparation()).isEmpty();
    }

    @Test
    void a_model_that_is_answering_goes_on_doing_so_before_that_is_said() throws Exception {
        residents = new Residents(host, 64, 4, config -> config.with(HostOptions.PIN, List.of(CODER)));
        Admission.Granted answering = residents.ready("box/coder");
        host.othersUnload(CODER);
        residents.probe();
        host.othersLoad(CODER);
        residents.probe();
        Admission.Granted second = residents.ask("box/coder");
        assertThat(second.preparation()).isEmpty();
        residents.end(answering, "box/coder");
        residents.end(second, "box/coder");

        assertThat(residents.ask("box/coder").preparation()).isPresent();
    }

    @Test
    void what_cannot_be_unloaded_for_being_idle_rests_before_it_is_tried_again() throws Exception {
        residents = new Residents(
                host, 64, 4, config -> config.withPresent(HostOptions.IDLE_UNLOAD, Duration.ofMinutes(1)));
        AtomicInteger tries = new AtomicInteger();
        host.meanwhile((act, target) -> tries.addAndGet(act == ScriptedHost.Act.UNLOAD ? 1 : 0));
        host.failsToUnload(CODER, FailureKind.SERVER_ERROR);
        residents.serve("box/coder");
        residents.pass(Duration.ofSeconds(70));
        assertThat(tries).hasValue(1);
        residents.probe();
        residents.pass(Duration.ofSeconds(40));
        assertThat(tries).hasValue(1);
        residents.pass(Duration.ofSeconds(20));

        assertThat(tries).hasValue(2);
    }
}
