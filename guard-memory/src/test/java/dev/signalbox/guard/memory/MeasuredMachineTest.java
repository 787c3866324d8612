package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.machine.Commands;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.ScriptedHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Machines whose memory is measured, and those where nobody can. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MeasuredMachineTest extends DeskFixture {

    @Test
    void a_machine_of_which_nothing_is_said_is_left_to_its_servers() {
        ScriptedHost other = ScriptedHost.of("elsewhere", 10).server("far").model("far/m", 500);
        Residents uncounted = new Residents(other, "desk", 64, 4);

        assertThat(uncounted.judges("far/m")).isEqualTo(Verdict.admit());
        assertThat(uncounted.ask("far/m").preparation()).isEmpty();
    }

    @Test
    void a_machine_elsewhere_that_is_to_be_measured_is_left_to_its_servers_and_that_is_said() {
        ScriptedHost far = ScriptedHost.of("far", 64).server("box").model("box/giant", 100L << 20);
        residents = Residents.measured(far, 0, config -> config, (command, deadline) -> Optional.of("10\n"));
        residents.probe();
        residents.pass(Duration.ofSeconds(10));

        assertThat(residents.judges("box/giant")).isEqualTo(Verdict.admit());
        assertThat(residents.ask("box/giant").preparation()).isEmpty();
        assertThat(Reports.list(report(), "hosts")).isEmpty();
        assertThat(Reports.list(report(), "not_counted"))
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

    /** Nothing is waited for. */
    private record Tireless(Commands commands) implements Commands {

        @Override
        public Optional<String> run(List<String> command, Deadline deadline) throws InterruptedException {
            return commands.run(command, deadline);
        }

        @Override
        public void rest(Duration time) {}
    }

    @Test
    void it_is_measured_again_between_unloading_and_loading() throws Exception {
        AtomicLong others = new AtomicLong(); // what others take, in MiB
        ScriptedHost here = ScriptedHost.of("localhost", 64L << 20)
                .server("box")
                .model("box/reviewer", 9L << 20)
                .model("box/coder", 19L << 20)
                .model("box/architect", 40L << 20);
        residents = Residents.measured(
                here,
                0,
                config -> config,
                new Tireless(
                        (command, deadline) -> Optional.of("%d%n".formatted(64 - (here.used() >> 20) - others.get()))));
        residents.probe();
        residents.pass(Duration.ofSeconds(5));
        residents.serve("box/reviewer");
        residents.serve("box/coder");
        here.meanwhile((act, target) -> others.set(act == ScriptedHost.Act.UNLOAD ? 10 : others.get()));
        residents.serve("box/architect");

        assertThat(here.diary())
                .as("59 of 64 MiB would have been enough, had others not taken 10 meanwhile")
                .endsWith("unload box/reviewer", "unload box/coder", "load box/architect");
    }

    /** A machine with 64 MiB, beside whose server one is that tells nobody what it has loaded, and cards that tell. */
    private ScriptedHost besideASilentServer() {
        ScriptedHost here = ScriptedHost.of("localhost", 64L << 20)
                .server("box")
                .model("box/coder", 25L << 20)
                .model("box/giant", 40L << 20)
                .swapper("silent")
                .model("silent/chat", 30L << 20);
        residents = Residents.measured(
                here,
                0,
                config -> config,
                (command, deadline) -> Optional.of("%d%n".formatted(64 - (here.used() >> 20))));
        return here;
    }

    @Test
    void what_a_server_has_that_does_not_tell_counts_once() {
        besideASilentServer().othersLoad(Target.of("silent/chat"));
        residents.probe();
        residents.pass(Duration.ofSeconds(10));

        assertThat(residents.judges("box/coder")).isEqualTo(Verdict.admit());
        assertThat(residents.judges("box/giant")).isInstanceOf(Verdict.Exclude.class);
        assertThat(desk()).containsEntry("capacity_bytes", 64L << 20).containsEntry("free_bytes", 34L << 20);
    }

    @Test
    void for_a_server_that_is_not_there_its_place_is_kept() {
        besideASilentServer().crash("silent");
        residents.probe();
        residents.pass(Duration.ofSeconds(10));

        assertThat(residents.judges("box/coder")).isEqualTo(Verdict.admit());
        assertThat(residents.judges("box/giant")).isInstanceOf(Verdict.Exclude.class);
    }

    /** A machine with 64 MiB, and cards of which a program tells; others do something while it looks. */
    private ScriptedHost measuredWhile(AtomicReference<Runnable> meanwhile) {
        ScriptedHost here = ScriptedHost.of("localhost", 64L << 20)
                .server("box")
                .model("box/coder", 19L << 20)
                .model("box/architect", 52L << 20)
                .model("box/giant", 80L << 20);
        residents = Residents.measured(here, 0, config -> config, (command, deadline) -> {
            String free = "%d%n".formatted(64 - (here.used() >> 20));
            meanwhile.getAndSet(() -> {}).run();
            residents.probe();
            return Optional.of(free);
        });
        return here;
    }

    @Test
    void what_comes_while_it_is_measured_makes_no_machine_larger() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>();
        ScriptedHost here = measuredWhile(meanwhile);
        meanwhile.set(() -> here.othersLoad(CODER));
        residents.probe();
        residents.pass(Duration.ZERO);

        assertThat(residents.judges("box/giant")).isInstanceOf(Verdict.Exclude.class);
    }

    @Test
    void what_goes_while_it_is_measured_makes_no_machine_smaller() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        ScriptedHost here = measuredWhile(meanwhile);
        here.othersLoad(CODER);
        residents.probe();
        residents.pass(Duration.ofSeconds(5));
        meanwhile.set(() -> here.othersUnload(CODER));
        residents.pass(Duration.ofSeconds(5));

        assertThat(residents.judges("box/architect")).isEqualTo(Verdict.admit());
    }

    /** Cards whose memory comes back only a while after who had it has gone. */
    private static final class Lagging implements Commands {

        private final ScriptedHost host;
        private int rests;
        private long shown;

        private Lagging(ScriptedHost host) {
            this.host = host;
        }

        @Override
        public Optional<String> run(List<String> command, Deadline deadline) {
            shown = rests == 0 ? Math.max(shown, host.used()) : host.used();
            return Optional.of("%d%n".formatted(64 - (shown >> 20)));
        }

        @Override
        public void rest(Duration time) {
            rests++;
        }
    }

    @Test
    void what_has_gone_is_waited_for_until_its_memory_is_back() throws Exception {
        ScriptedHost here = ScriptedHost.of("localhost", 64L << 20)
                .server("box")
                .model("box/coder", 19L << 20)
                .model("box/architect", 52L << 20);
        residents = Residents.measured(here, 0, config -> config, new Lagging(here));
        residents.probe();
        residents.pass(Duration.ofSeconds(5));
        residents.serve("box/coder");
        residents.pass(Duration.ofSeconds(5));
        residents.serve("box/architect");

        assertThat(here.diary()).containsExactly("load box/coder", "unload box/coder", "load box/architect");
    }
}
