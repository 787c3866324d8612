package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.conformance.Honesty.Outcome;
import dev.signalbox.core.Router;
import dev.signalbox.testkit.ThreadWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traffic of {@link FleetTest} through a router inside this program. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EmbeddedFleetTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long SEED = 20_261_122;

    @TempDir
    private Path folder;

    @Test
    void three_hundred_requests_are_answered_or_told_and_nothing_is_left() throws Exception {
        run(20);
        ThreadWatch threads = ThreadWatch.begin();
        run(300);
        threads.assertNoneLeft();
    }

    private void run(int count) throws Exception {
        try (Fleet fleet = Fleet.start()) {
            Path file = Files.writeString(folder.resolve("signalbox.yaml"), fleet.configuration());
            try (Router router = Router.from(file)) {
                Map<Outcome, Integer> outcomes = new Crowd(new EmbeddedWay(router))
                        .ask(Ask.mixed(SEED, count, fleet.chats()), new Mishaps(fleet, SEED), Duration.ofMinutes(2));
                assertThat(outcomes.values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                        .as("with the seed %d", SEED)
                        .isEqualTo(count);
                await().atMost(PATIENCE).untilAsserted(() -> assertNothingRuns(router, fleet));
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(fleet.ships())
                            .allMatch(ship -> ship.runtime().server().openConnections() == 0));
        }
    }

    private static void assertNothingRuns(Router router, Fleet fleet) {
        assertThat(router.targets()).allMatch(target -> target.inFlight() == 0 && target.waiting() == 0);
        assertThat(fleet.ships()).allMatch(ship -> ship.runtime().server().running() == 0);
    }
}
