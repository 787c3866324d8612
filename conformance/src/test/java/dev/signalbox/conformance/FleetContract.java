package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.api.TargetReport;
import dev.signalbox.conformance.Honesty.Outcome;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ThreadWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One Signalbox before five kinds of servers that fall over and get up again: everybody is told, nothing is left. Say how
 * it is reached.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
abstract class FleetContract {

    /** A Signalbox before a fleet, and the way to ask it. Closing it ends all that it began. */
    interface Harbour extends AutoCloseable {

        /** How every target is. */
        List<TargetReport> targets();

        /** How it is asked. */
        Crowd.Way way();

        @Override
        void close();
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration A_MOMENT = Duration.ofSeconds(10);

    /** What the JVM opens when it likes, such as jars, and what other tests keep: far fewer than one for each request. */
    private static final int OF_OTHERS = 24;

    @TempDir
    private Path spooled;

    /** Opens one before this fleet. */
    abstract Harbour open(Fleet fleet) throws Exception;

    /** Fails if threads are left that were started since. */
    void assertNoThreadIsLeft(ThreadWatch threads) throws InterruptedException {
        threads.assertNoneLeft();
    }

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
            run(20, seed, limit); // what is opened once is open then
            OpenFiles before = OpenFiles.now();
            ThreadWatch threads = ThreadWatch.begin();
            run(count, seed, limit);
            assertNoThreadIsLeft(threads);
            await().atMost(PATIENCE).untilAsserted(() -> assertNothingIsOpen(before));
            assertThat(spooled).isEmptyDirectory();
        } catch (Exception | AssertionError failure) {
            throw new AssertionError("With the seed %d: %s".formatted(seed, failure.getMessage()), failure);
        } finally {
            System.setProperty("java.io.tmpdir", folder);
        }
    }

    private void assertNothingIsOpen(OpenFiles before) {
        OpenFiles now = OpenFiles.now();
        assertThat(now.in(spooled)).isEmpty();
        assertThat(now.names()).hasSizeLessThanOrEqualTo(before.names().size() + OF_OTHERS);
    }

    private void run(int count, long seed, Duration limit) throws Exception {
        try (Fleet fleet = Fleet.start()) {
            try (Harbour harbour = open(fleet)) {
                List<Ask> asks = Ask.mixed(seed, count, fleet.chats());
                Map<Outcome, Integer> outcomes = new Crowd(harbour.way()).ask(asks, new Mishaps(fleet, seed), limit);
                assertThat(outcomes.values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                        .isEqualTo(count);
                assertNothingRuns(harbour, fleet);
                assertLeavingEnds(harbour, fleet);
                assertEveryPlaceIsFree(harbour, fleet);
                assertNoBodyIsKept(harbour, fleet);
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(fleet.ships())
                            .allSatisfy(
                                    ship -> assertThat(ship.runtime().server().openConnections())
                                            .isZero()));
        }
    }

    private static void assertNothingRuns(Harbour harbour, Fleet fleet) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(harbour.targets())
                    .allMatch(TargetReport::canAnswer)
                    .allMatch(target -> target.inFlight() == 0)
                    .allMatch(target -> target.waiting() == 0);
            assertThat(fleet.ships())
                    .allSatisfy(ship ->
                            assertThat(ship.runtime().server().running()).isZero());
        });
    }

    /** An answer that goes on for ever, and no limit to end it but that nobody is there any more. */
    private static void assertLeavingEnds(Harbour harbour, Fleet fleet) throws Exception {
        fleet.vllm.sends(Reply::thenStalls);
        for (boolean abrupt : new boolean[] {true, false}) {
            assertThat(harbour.way().ask(Ask.leaving(Fleet.PATIENT, abrupt))).isEqualTo(Outcome.LEFT);
            assertNothingRuns(harbour, fleet);
        }
        fleet.vllm.recovers();
    }

    /** As many as there are places get through at once. */
    private static void assertEveryPlaceIsFree(Harbour harbour, Fleet fleet) throws Exception {
        for (Fleet.Ship ship : fleet.ships()) {
            Gate gate = Gate.closed();
            ship.runtime().sends(good -> good.headWaitsFor(gate));
            List<CompletableFuture<Outcome>> answers = new ArrayList<>();
            for (int i = 0; i < ship.places(); i++) {
                answers.add(ask(harbour.way(), Ask.streaming(ship.profile())));
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
        assertNothingRuns(harbour, fleet);
    }

    /** A file that is forgotten is closed with the garbage, so there must not be much until it has been looked for. */
    private void assertNoBodyIsKept(Harbour harbour, Fleet fleet) throws Exception {
        System.gc();
        for (Fleet.Ship ship : fleet.ships()) {
            harbour.way().ask(Ask.large(ship.profile()));
        }
        await("bodies are closed")
                .atMost(A_MOMENT)
                .pollInterval(A_MOMENT.dividedBy(20))
                .until(() -> OpenFiles.now().in(spooled).isEmpty());
    }

    private static CompletableFuture<Outcome> ask(Crowd.Way way, Ask ask) {
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
}
