package dev.signalbox.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Priority;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many real threads at once: what is checked holds whatever the scheduler does. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
class CrowdTest {

    private final WaitingRoom room = new WaitingRoom(InstantSource.system(), System::nanoTime);
    private final Gate single = new Gate("single", 1, Integer.MAX_VALUE);
    private final Gate wide = new Gate("wide", 3, Integer.MAX_VALUE);
    private final AtomicInteger insideSingle = new AtomicInteger();
    private final AtomicInteger insideWide = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger mostWide = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger interrupted = new AtomicInteger();

    @Test
    void a_thousand_callers_never_meet_at_the_single_place() throws Exception {
        crowd(1_000, new Random(42));
    }

    @Test
    @Tag("long")
    void ten_thousand_callers_never_meet_at_the_single_place() throws Exception {
        crowd(10_000, new Random(43));
    }

    @Test
    void a_thousand_patient_callers_are_all_served() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            threads.add(start(Guest.to("m", i % 3 == 0 ? new Gate[] {single, wide} : new Gate[] {wide}), 1_000));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(served).hasValue(1_000);
        assertNothingIsLeft();
    }

    private void crowd(int callers, Random random) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        List<Cancellation> cancellations = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Guest guest = switch (random.nextInt(4)) {
                case 0 -> Guest.to("m", single, wide);
                case 1 -> Guest.to("m", single).or("n", wide);
                case 2 -> Guest.asking(Guest.preparingOn("studio"), single);
                default -> Guest.to("m", single);
            };
            guest.as(Priority.values()[random.nextInt(3)])
                    .patient(Duration.ofMillis(random.nextInt(40)))
                    .until(Deadline.after(Duration.ofMillis(random.nextInt(400))));
            threads.add(start(guest, random.nextInt(200_000)));
            cancellations.add(guest.cancellation);
        }
        for (int victim : random.ints(callers / 20, 0, callers).toArray()) {
            cancellations.get(victim).cancel();
            threads.get(random.nextInt(callers)).interrupt();
            room.askAgain();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(served.get() + refused.get() + interrupted.get()).isEqualTo(callers);
        assertThat(served).hasPositiveValue();
        assertThat(most.get()).isEqualTo(1);
        assertThat(mostWide.get()).isBetween(1, 3);
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        // What the last one gave back may still be only noted while another thread ends its step.
        await().atMost(Visit.LONG)
                .untilAsserted(() -> IntStream.of(
                                single.taken(),
                                wide.taken(),
                                single.waiting(),
                                wide.waiting(),
                                room.waiting().size())
                        .forEach(count -> assertThat(count).isZero()));
    }

    private Thread start(Guest guest, long nanos) {
        return Thread.ofVirtual().start(() -> {
            try (Entry entry = room.enter(guest)) {
                stay(entry, nanos);
                served.incrementAndGet();
            } catch (RoomException refusal) {
                refused.incrementAndGet();
            } catch (InterruptedException victim) {
                interrupted.incrementAndGet();
            }
        });
    }

    private void stay(Entry entry, long nanos) {
        List<Gate> gates = entry.door().gates();
        if (gates.contains(single)) {
            most.accumulateAndGet(insideSingle.incrementAndGet(), Math::max);
        }
        if (gates.contains(wide)) {
            mostWide.accumulateAndGet(insideWide.incrementAndGet(), Math::max);
        }
        LockSupport.parkNanos(nanos); // so that others meet it inside
        entry.slotFree();
        if (gates.contains(wide)) {
            insideWide.decrementAndGet();
        }
        if (gates.contains(single)) {
            insideSingle.decrementAndGet();
        }
    }
}
