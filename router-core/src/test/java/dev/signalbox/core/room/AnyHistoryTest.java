package dev.signalbox.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.core.room.World.Comer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random histories: overlapping gates, hosts, classes, moments, cancelling, time-outs, changes of configuration. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnyHistoryTest {

    private static final int STEPS = 150;

    @Test
    void does_what_the_rules_say_whatever_happens() {
        for (long seed = 0; seed < 5_000; seed++) {
            new History(seed).run();
        }
    }

    @Test
    @Tag("long")
    void does_what_the_rules_say_in_histories_never_seen_before() {
        Random seeds = new Random();
        for (int i = 0; i < 100_000; i++) {
            new History(seeds.nextLong()).run();
        }
    }

    /** One history, told to the room and to the naive one; after every step both must have done the same. */
    private static final class History {

        private final long seed;
        private final Random random;
        private final Scene scene = new Scene();
        private final World world;
        private final NaiveRoom naive;
        private final List<Comer> comers = new ArrayList<>();
        private final List<Comer> open = new ArrayList<>(); // those whose visit was not yet seen to end
        private final List<String> told = new ArrayList<>();

        History(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.world = new World(random);
            this.naive = new NaiveRoom(
                    () -> Duration.between(Instant.EPOCH, scene.instant()).toNanos());
        }

        void run() {
            try {
                for (int step = 0; step < STEPS; step++) {
                    step();
                    compare();
                }
                end();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed %d, after\n%s".formatted(seed, String.join("\n", told)), failure);
            }
        }

        private void step() {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> arrive();
                case 4, 5, 6 -> anyOf(naive.in.keySet().stream().toList(), "leaves", this::leave);
                case 7 ->
                    anyOf(naive.in.keySet().stream().toList(), "is prepared", comer -> {
                        naive.prepared(comer);
                        scene.entry(comer).slotFree();
                    });
                case 8 ->
                    anyOf(naive.waiters(), "gives up", comer -> {
                        naive.giveUp(comer, RoomException.Reason.CANCELLED);
                        scene.cancel(comer);
                    });
                case 9, 10 -> pass(Duration.ofMillis(random.nextInt(8_000)));
                default -> change();
            }
        }

        private void arrive() {
            Comer comer = world.new Comer(comers.size(), scene);
            comers.add(comer);
            open.add(comer);
            told.add(comer + " arrives for " + comer.ways);
            naive.arrive(comer);
            scene.arrive(comer);
        }

        private void leave(Comer comer) {
            world.memory.merge(naive.in.get(comer).machine, naive.in.get(comer).need, Integer::sum);
            naive.leave(comer);
            scene.leave(comer);
        }

        private void pass(Duration time) {
            told.add(time + " pass");
            scene.turn(time);
            naive.timePassed();
            scene.pass(Duration.ZERO);
        }

        private void change() {
            Gate gate = world.gates.get(random.nextInt(world.gates.size()));
            gate.resize(1 + random.nextInt(3), random.nextInt(5));
            told.add(gate + " is exchanged");
            anyOf(comers, "is refused at its first way from now on", comer -> comer.ways.getFirst().refuses = true);
            naive.askAll();
            scene.askAgain();
        }

        private void anyOf(List<Comer> some, String what, Consumer<Comer> act) {
            if (!some.isEmpty()) {
                Comer comer = some.get(random.nextInt(some.size()));
                told.add(comer + " " + what);
                act.accept(comer);
            }
        }

        private void compare() {
            assertThat(naive.forgotten()).isEmpty();
            assertThat(scene.line()).isEqualTo(naive.waiters());
            assertThat(naive.waiters()).noneMatch(comer -> comer.until.expired());
            open.forEach(this::compare);
            open.removeIf(comer -> scene.outcome(comer) != null && !naive.in.containsKey(comer));
            for (Gate gate : world.gates) {
                assertThat(gate.taken()).isEqualTo((int) naive.in.values().stream()
                        .filter(way -> way.needed.contains(gate))
                        .count());
                assertThat(gate.waiting()).isEqualTo((int) naive.waiters().stream()
                        .filter(comer -> naive.wantsOf(comer).contains(gate.name()))
                        .count());
            }
        }

        private void compare(Comer comer) {
            Outcome outcome = scene.outcome(comer);
            switch (outcome) {
                case Outcome.In in
                when naive.in.containsKey(comer) ->
                    assertThat(in.entry().door()).isSameAs(naive.in.get(comer));
                case Outcome.In gone -> assertThat(naive.out).doesNotContainKey(comer);
                case Outcome.Out refused -> assertThat(refused.reason()).isEqualTo(naive.out.get(comer));
                case Outcome.Defect defect -> throw new AssertionError(defect.failure());
                case null -> {
                    Set<String> wants = new HashSet<>();
                    scene.visit(comer).wants().gates().forEach(gate -> wants.add(gate.name()));
                    assertThat(wants).isEqualTo(naive.wantsOf(comer));
                }
            }
        }

        /** Everybody leaves; whoever waits is served or refused, and nothing is left. */
        private void end() {
            while (!naive.in.isEmpty() || !naive.waiters().isEmpty()) {
                naive.in.keySet().stream().toList().forEach(this::leave);
                compare();
                pass(Duration.ofSeconds(1));
                compare();
            }
            Map<String, Integer> all = new HashMap<>();
            World.HOSTS.forEach(host -> all.put(host, 3));
            assertThat(world.memory).isEqualTo(all);
            assertThat(world.gates).allMatch(gate -> gate.taken() == 0 && gate.waiting() == 0);
            assertThat(comers).allMatch(comer -> scene.outcome(comer) != null);
            assertThat(comers)
                    .allMatch(comer ->
                            comer.ways.stream().allMatch(way -> scene.usher().waiting(way.target) == 0));
        }
    }
}
