package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.signalbox.api.TargetReport;
import dev.signalbox.conformance.Honesty.Outcome;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.ThreadWatch;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One Signalbox before five kinds of servers that fall over and get up again: everybody is told, nothing is left. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FleetTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What the JVM opens for itself when it likes: jars, and what virtual threads wait with. */
    private static final long OF_THE_JVM = 24;

    /** Helidon never cancels it, and nobody else can. */
    private static final String ONLY_THE_TIMER = "[^=]*=helidon-idle-connection-timer [^=]*";

    @TempDir
    private Path spooled;

    @Test
    void five_hundred_requests_are_answered_or_told_and_nothing_is_left() throws Exception {
        crowd(500, 20_261_121, Duration.ofMinutes(2));
    }

    @Test
    @Tag("long")
    void so_are_five_thousand() throws Exception {
        crowd(5_000, System.nanoTime(), Duration.ofMinutes(8));
    }

    private void crowd(int count, long seed, Duration limit) throws Exception {
        String folder = System.setProperty("java.io.tmpdir", spooled.toString());
        try {
            run(20, seed, limit);
            OptionalLong before = openFiles();
            ThreadWatch threads = ThreadWatch.begin();
            run(count, seed, limit);
            assertNoThreadIsLeft(threads);
            before.ifPresent(files -> await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(openFiles().orElseThrow()).isLessThanOrEqualTo(files + OF_THE_JVM)));
            assertThat(spooled).isEmptyDirectory();
        } catch (Exception | AssertionError failure) {
            throw new AssertionError("With the seed %d: %s".formatted(seed, failure.getMessage()), failure);
        } finally {
            System.setProperty("java.io.tmpdir", folder);
        }
    }

    private static void run(int count, long seed, Duration limit) throws Exception {
        try (Fleet fleet = Fleet.start()) {
            try (Signalbox signalbox = Signalbox.configured("%s", fleet.configuration());
                    HttpWay way = new HttpWay(URI.create(signalbox.baseUrl()))) {
                List<Ask> asks = Ask.mixed(seed, count, fleet.chats());
                Mishaps mishaps = new Mishaps(fleet, seed);
                Map<Outcome, Integer> outcomes = new Crowd(way).ask(asks, mishaps, limit);
                assertThat(outcomes.values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                        .isEqualTo(count);
                assertNothingRuns(signalbox, fleet);
                assertEveryPlaceIsFree(signalbox, fleet, way);
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(fleet.ships())
                            .allSatisfy(
                                    ship -> assertThat(ship.runtime().server().openConnections())
                                            .isZero()));
        }
    }

    private static void assertNothingRuns(Signalbox signalbox, Fleet fleet) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(signalbox.targets())
                    .allMatch(TargetReport::canAnswer)
                    .allMatch(target -> target.inFlight() == 0)
                    .allMatch(target -> target.waiting() == 0);
            assertThat(fleet.ships())
                    .allSatisfy(ship ->
                            assertThat(ship.runtime().server().running()).isZero());
        });
    }

    /** As many as there are places get through at once. */
    private static void assertEveryPlaceIsFree(Signalbox signalbox, Fleet fleet, HttpWay way) throws Exception {
        for (Fleet.Ship ship : fleet.ships()) {
            Gate gate = Gate.closed();
            ship.runtime().sends(good -> good.headWaitsFor(gate));
            List<CompletableFuture<Outcome>> answers = new ArrayList<>();
            for (int i = 0; i < ship.places(); i++) {
                answers.add(ask(way, Ask.streaming(ship.profile())));
            }
            try {
                await("every place of " + ship.name())
                        .atMost(PATIENCE)
                        .until(() -> ship.runtime().server().running() == ship.places());
            } finally {
                gate.open();
            }
            assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isEqualTo(Outcome.ANSWERED));
        }
        assertNothingRuns(signalbox, fleet);
    }

    private static CompletableFuture<Outcome> ask(HttpWay way, Ask ask) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                outcome.complete(way.ask(ask));
            } catch (Exception | AssertionError failure) {
                outcome.completeExceptionally(failure);
            }
        });
        return outcome;
    }

    private static void assertNoThreadIsLeft(ThreadWatch threads) throws InterruptedException {
        try {
            threads.assertNoneLeft();
        } catch (AssertionError left) {
            assertThat(left).hasMessageMatching(ONLY_THE_TIMER);
        }
    }

    private static OptionalLong openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? OptionalLong.of(unix.getOpenFileDescriptorCount())
                : OptionalLong.empty();
    }
}
