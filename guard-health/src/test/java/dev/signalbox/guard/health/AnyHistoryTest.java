package dev.signalbox.guard.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds whatever happens; each history is made from a number, so that any can be looked at again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnyHistoryTest {

    private static final List<String> TARGETS = List.of("gpu/m", "gpu/other", "laptop/m");
    private static final PluginConfig STRICT = quick(Action.EXCLUDE);
    private static final PluginConfig WARNING = quick(Action.WARN);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static PluginConfig quick(Action action) {
        return HealthFixture.doing(action).withPresent(HealthGuardFactory.PROFILE_THRESHOLD, 2L);
    }

    @Test
    void five_thousand_histories() {
        live(5_000);
    }

    @Test
    @Tag("long")
    void a_hundred_thousand_histories() {
        live(100_000);
    }

    private static void live(int many) {
        for (long seed = 0; seed < many; seed++) {
            new History(seed).live();
        }
    }

    private record Going(String target, Lease lease) {}

    private static final class History {

        private final long seed;
        private final Random random;
        private final HealthFixture health = new HealthFixture();
        private final List<Going> going = new ArrayList<>();
        private final List<PluginConfig> profiles;

        History(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.profiles = List.of(profile(), profile());
        }

        private PluginConfig profile() {
            Action[] actions = Action.values();
            PluginConfig made = HealthFixture.doing(actions[random.nextInt(actions.length)])
                    .withPresent(HealthGuardFactory.PROFILE_THRESHOLD, 2L + random.nextInt(4))
                    .withPresent(HealthGuardFactory.PROFILE_RATE, 0.2 + random.nextDouble() * 0.8);
            return random.nextBoolean() ? made.withPresent(HealthGuardFactory.PROFILE_SLOWER, 3.0) : made;
        }

        void live() {
            int steps = 10 + random.nextInt(50);
            for (int i = 0; i < steps; i++) {
                step();
                noMoreThanOneLooks(TARGETS.get(i % TARGETS.size()));
            }
            while (!going.isEmpty()) {
                ends(going.removeLast());
            }
            everybodyComesBack();
        }

        private void step() {
            health.in(profiles.get(random.nextInt(2)));
            String target = TARGETS.get(random.nextInt(TARGETS.size()));
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> comes(target);
                case 3, 4 -> {
                    if (!going.isEmpty()) {
                        ends(going.remove(random.nextInt(going.size())));
                    }
                }
                default -> {
                    health.pass(Duration.ofMillis(random.nextInt(40_000)));
                    health.probed("gpu", random.nextInt(3) == 0 ? BackendState.DOWN : BackendState.READY);
                }
            }
        }

        private void comes(String target) {
            Verdict verdict = health.asks(target);
            assertThat(health.asks(target)).as("pure, %s", this).isEqualTo(verdict);
            if (verdict instanceof Verdict.Exclude exclude) {
                assertThat(exclude.refusal().retryAfter().orElseThrow())
                        .as("a time to come back: %s", this)
                        .isPositive()
                        .isLessThanOrEqualTo(LONGEST.plusSeconds(1));
            } else if (health.admits(target) instanceof Admission.Granted granted) {
                going.add(new Going(target, granted.lease()));
            }
        }

        private void ends(Going one) {
            FailureKind[] kinds = FailureKind.values();
            switch (random.nextInt(6)) {
                case 0 -> one.lease().undo();
                case 1 -> one.lease().end(health.left(one.target()));
                case 2, 3 -> one.lease().end(health.failure(one.target(), kinds[random.nextInt(kinds.length)]));
                default -> {
                    one.lease().committed(health.begun(one.target(), Duration.ofMillis(random.nextInt(9_000))));
                    boolean breaks = random.nextInt(3) == 0;
                    one.lease()
                            .end(
                                    breaks
                                            ? health.failure(one.target(), FailureKind.BROKEN_REPLY)
                                            : health.answered(one.target()));
                }
            }
        }

        /** Where something is excluded and one looks, nobody else gets in. */
        private void noMoreThanOneLooks(String target) {
            health.in(STRICT);
            boolean open = health.asks(target).equals(Verdict.admit());
            boolean well = wellFor(target);
            List<Lease> in = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                if (health.admits(target) instanceof Admission.Granted granted) {
                    in.add(granted.lease());
                }
            }
            assertThat(in.size()).as("%s let in, %s", target, this).isEqualTo(well ? 3 : open ? 1 : 0);
            in.forEach(Lease::undo);
            assertThat(health.asks(target).equals(Verdict.admit()))
                    .as("undone leaves no trace, %s", this)
                    .isEqualTo(open);
        }

        /** Whether nobody would warn of it. */
        private boolean wellFor(String target) {
            Verdict verdict = health.guard().assess(health.at(target).with(WARNING));
            return !(verdict instanceof Verdict.Admit admit
                    && admit.notes().stream().anyMatch(note -> note.contains("unhealthy")));
        }

        /**
         * Nobody is let alone for ever: after the longest pause its turn comes, each time, and quick answers make it well;
         * not the first one, if so few have been measured that only later ones tell that it was slow.
         */
        private void everybodyComesBack() {
            for (String target : TARGETS) {
                for (PluginConfig profile : profiles) {
                    for (int answers = 0; answers <= Speed.ENOUGH; answers++) {
                        health.in(profile).pass(LONGEST);
                        assertThat(health.asks(target))
                                .as("%s comes back, %s", target, this)
                                .isInstanceOf(Verdict.Admit.class);
                        health.answersAfter(target, Duration.ofMillis(1));
                    }
                    assertThat(health.asks(target))
                            .as("%s is back, %s", target, this)
                            .isEqualTo(Verdict.admit());
                }
            }
        }

        @Override
        public String toString() {
            return "seed " + seed;
        }
    }
}
