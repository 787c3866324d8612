package dev.signalbox.guard.memory.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds of a plan whatever the situation; each is made from a number, so that any can be looked at again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnySituationTest {

    @Test
    void five_thousand_situations() {
        look(5_000);
    }

    @Test
    @Tag("long")
    void a_hundred_thousand_situations() {
        look(100_000);
    }

    private static void look(int many) {
        for (long seed = 0; seed < many; seed++) {
            new Look(seed).plan();
        }
    }

    private static final class Look {

        private final Random random;
        private final long seed;
        private final Target wanted = target(0);
        private final Situation now;
        private final boolean there;
        private final long needed;

        Look(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            int models = random.nextInt(16);
            List<Occupant> occupants = new ArrayList<>();
            for (int i = 1; i <= models; i++) {
                occupants.add(occupant(target(i)));
            }
            this.there = random.nextInt(4) == 0;
            if (there) {
                occupants.add(occupant(wanted));
            }
            Rules rules = new Rules(some(12), List.of(some(4), some(4)), some(10));
            this.now = new Situation(random.nextInt(200), occupants, rules);
            this.needed = there ? random.nextInt(3) * random.nextInt(20) : random.nextInt(80);
        }

        private static Target target(int number) {
            return Target.of("box/m" + number);
        }

        private Occupant occupant(Target target) {
            boolean busy = random.nextInt(4) == 0;
            return new Occupant(
                    target,
                    random.nextInt(30),
                    busy ? random.nextInt(10) : 0,
                    random.nextInt(5) > 0,
                    busy,
                    Duration.ofSeconds(random.nextInt(60)),
                    random.nextInt(11) / 10.0,
                    random.nextInt(50));
        }

        private Set<Target> some(int oneIn) {
            return IntStream.range(0, 16)
                    .filter(i -> random.nextInt(oneIn) == 0)
                    .mapToObj(Look::target)
                    .collect(Collectors.toSet());
        }

        void plan() {
            Plan plan = Planner.plan(now, wanted, needed);
            assertThat(Planner.plan(now, wanted, needed)).as("pure, %s", this).isEqualTo(plan);
            switch (plan) {
                case Plan.Go go -> checkGo(go.unload());
                case Plan.Wait wait -> checkWait();
                case Plan.Never never -> checkNever();
            }
        }

        private void checkGo(List<Target> unload) {
            List<Occupant> going = now.occupants().stream()
                    .filter(each -> unload.contains(each.target()))
                    .toList();
            List<Occupant> staying = now.occupants().stream()
                    .filter(each -> !unload.contains(each.target()))
                    .toList();
            assertThat(unload)
                    .as("each once, and never itself: %s", this)
                    .doesNotHaveDuplicates()
                    .doesNotContain(wanted);
            assertThat(going)
                    .as("who goes can go, and does nothing: %s", this)
                    .allMatch(each -> now.canEverGo(each) && !each.busy());
            assertThat(staying)
                    .as("nobody stays who must not be there with it: %s", this)
                    .noneMatch(each -> now.rules().apart(wanted, each.target()));
            if (needed > 0) {
                assertThat(Situation.sum(staying) + needed)
                        .as("it fits: %s", this)
                        .isLessThanOrEqualTo(now.room());
            }
            for (Occupant each : going) {
                boolean apart = now.rules().apart(wanted, each.target());
                boolean neededToo = Situation.sum(staying) + each.all() + needed > now.room();
                assertThat(apart || neededToo)
                        .as("%s goes for nothing: %s", each, this)
                        .isTrue();
            }
        }

        private void checkWait() {
            assertThat(now.occupants())
                    .as("there is somebody to wait for: %s", this)
                    .anyMatch(Occupant::busy);
            List<Occupant> later = now.occupants().stream()
                    .map(each -> new Occupant(
                            each.target(), each.bytes(), 0, each.movable(), false, each.reload(), each.likelihood(), 0))
                    .toList();
            assertThat(Planner.plan(new Situation(now.room(), later, now.rules()), wanted, needed))
                    .as("once nobody is busy it goes: %s", this)
                    .isInstanceOf(Plan.Go.class);
        }

        private void checkNever() {
            List<Occupant> fixed = now.occupants().stream()
                    .filter(each -> !each.target().equals(wanted) && !now.canEverGo(each))
                    .toList();
            boolean apart = fixed.stream().anyMatch(each -> now.rules().apart(wanted, each.target()));
            long own = now.find(wanted).map(Occupant::bytes).orElse(0L);
            assertThat(apart || fixed.stream().mapToLong(Occupant::bytes).sum() + own + needed > now.room())
                    .as("it would fit: %s", this)
                    .isTrue();
        }

        @Override
        public String toString() {
            return "seed %d, %d for %s of %s".formatted(seed, needed, wanted, now);
        }
    }
}
