package dev.signalbox.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Priority;
import dev.signalbox.api.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class WaitingRoomTest {

    private static final Target TARGET = new Target("some", "m");

    private final WaitingRoom room = new WaitingRoom(InstantSource.system(), System::nanoTime);
    private final Gate gate = new Gate("one", 1, 10);

    @Test
    void whoever_waits_is_let_in_when_another_thread_leaves() throws Exception {
        Entry holder = room.enter(Guest.to("m", gate));
        Visit visit = waiting(Guest.to("m", gate));

        holder.close();
        try (Entry entry = visit.entry()) {
            assertThat(entry.door().target()).isEqualTo(TARGET);
            assertThat(entry.waited()).isPositive();
        }
        assertEmpty();
    }

    @Test
    void an_interrupt_ends_waiting_and_leaves_no_trace() throws Exception {
        Entry holder = room.enter(Guest.to("m", gate));
        Visit visit = waiting(Guest.to("m", gate));

        visit.thread().interrupt();
        assertThat(visit.failure()).isInstanceOf(InterruptedException.class);
        holder.close();
        assertEmpty();
    }

    @Test
    void cancelling_ends_waiting_and_leaves_no_trace() throws Exception {
        Entry holder = room.enter(Guest.to("m", gate));
        Guest guest = Guest.to("m", gate);
        Visit visit = waiting(guest);

        guest.cancellation.cancel();
        assertThat(visit.refusal().reason()).isEqualTo(RoomException.Reason.CANCELLED);
        holder.close();
        assertEmpty();
    }

    @Test
    void the_deadline_ends_waiting_and_the_last_reasons_are_told() throws Exception {
        Entry holder = room.enter(Guest.to("m", gate));
        Guest guest = Guest.to("m", gate)
                .or("cold", () -> Guest.later("no memory"))
                .until(Deadline.after(Duration.ofMillis(20)));

        RoomException refusal = Visit.of(room, guest).refusal();
        assertThat(refusal.reason()).isEqualTo(RoomException.Reason.OVERDUE);
        assertThat(refusal.heldUp())
                .containsExactly(entry(TARGET, "gate one is full"), entry(new Target("some", "cold"), "no memory"));
        assertThat(refusal).hasMessageContaining("some/cold=no memory");
        holder.close();
        assertEmpty();
    }

    @Test
    void a_door_that_named_a_moment_is_asked_then_though_nothing_happens() throws Exception {
        AtomicReference<Instant> moment = new AtomicReference<>(); // named when it is asked first, however late that is
        Guest guest = Guest.asking(() -> {
            moment.compareAndSet(null, Instant.now().plusMillis(20));
            return Instant.now().isBefore(moment.get())
                    ? new Answer.Later("cooling down", Optional.of(moment.get()))
                    : Guest.OPEN.get();
        });

        try (Entry entry = Visit.of(room, guest).entry()) {
            assertThat(entry.waited()).isGreaterThan(Duration.ofMillis(1));
        }
    }

    @Test
    void a_moment_that_comes_sooner_than_the_last_one_is_heard_of() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Guest guest = Guest.asking(() -> switch (asked.incrementAndGet()) {
            case 1 -> Guest.later("not yet");
            case 2 -> new Answer.Later("soon", Optional.of(Instant.now().plusMillis(5)));
            default -> Guest.OPEN.get();
        });
        Visit visit = waiting(guest);

        room.askAgain();
        visit.entry().close();
    }

    @Test
    void asking_again_lets_in_who_can_start_now() throws Exception {
        AtomicBoolean ready = new AtomicBoolean();
        Visit visit = waiting(Guest.asking(() -> ready.get() ? Guest.OPEN.get() : Guest.later("loading"), gate));

        ready.set(true);
        room.askAgain();
        visit.entry().close();
        assertEmpty();
    }

    @Test
    void a_door_may_have_everybody_asked_again_while_it_is_asked() throws Exception {
        AtomicBoolean free = new AtomicBoolean();
        Visit first = waiting(Guest.asking(() -> free.get() ? Guest.OPEN.get() : Guest.later("no memory")));
        Visit second = Visit.of(room, Guest.asking(() -> {
            if (!free.getAndSet(true)) {
                room.askAgain();
            }
            return Guest.later("made room for somebody else");
        }));

        first.entry().close();
        assertThat(second.entered()).isNotDone();
    }

    @Test
    void a_door_that_always_does_so_stops_nobody() throws Exception {
        Visit restless = waiting(Guest.asking(() -> {
            room.askAgain();
            return Guest.later("restless");
        }));
        Visit visit = Visit.of(room, Guest.to("m", gate));

        visit.entry().close();
        assertThat(restless.entered()).isNotDone();
    }

    @Test
    void a_door_may_give_back_what_somebody_holds_while_it_is_asked() throws Exception {
        Entry holder = room.enter(Guest.to("m", gate));
        Visit visit = waiting(Guest.to("m", gate));
        Visit.of(room, Guest.asking(() -> {
                    holder.close();
                    return Guest.OPEN.get();
                }))
                .entry()
                .close();

        visit.entry().close();
        assertEmpty();
    }

    @Test
    void nobody_enters_from_inside_the_step() {
        Guest guest = Guest.asking(() -> {
            try {
                return room.enter(Guest.to("m")).open();
            } catch (InterruptedException | RoomException unexpected) {
                throw new AssertionError(unexpected);
            }
        });
        assertThatThrownBy(() -> room.enter(guest)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_defect_that_shows_on_another_thread_is_thrown_to_its_own_visitor() throws Exception {
        IllegalStateException bug = new IllegalStateException("bug");
        AtomicBoolean broken = new AtomicBoolean();
        Visit visit = waiting(Guest.asking(() -> {
            if (broken.get()) {
                throw bug;
            }
            return Guest.later("fine so far");
        }));

        broken.set(true);
        room.askAgain();
        assertThat(visit.failure()).isSameAs(bug);
        assertEmpty();
    }

    @Test
    void whoever_fails_when_told_that_it_waits_leaves_no_trace() throws Exception {
        IllegalStateException bug = new IllegalStateException("bug");
        Entry holder = room.enter(Guest.to("m", gate));
        assertThatThrownBy(() -> room.enter(new Telling(Guest.to("m", gate), () -> {
                    throw bug;
                })))
                .isSameAs(bug);

        holder.close();
        assertEmpty();
    }

    @Test
    void what_was_granted_to_who_does_not_take_it_any_more_is_undone() throws Exception {
        AtomicInteger leases = new AtomicInteger();
        Entry holder = room.enter(Guest.to("m", gate));
        Guest guest = Guest.asking(
                () -> {
                    leases.incrementAndGet();
                    return new Answer.Open(leases::decrementAndGet, Optional.of("studio"));
                },
                gate);
        assertThatThrownBy(() -> room.enter(new Telling(guest, () -> {
                    holder.close();
                    assertThat(leases).hasValue(1);
                    throw new IllegalStateException("bug");
                })))
                .isInstanceOf(IllegalStateException.class);

        assertThat(leases).hasValue(0);
        assertEmpty();
        room.takeSlot("studio", Deadline.after(Duration.ZERO)).close();
    }

    @Test
    void of_an_interrupt_and_a_grant_at_the_same_moment_the_grant_wins_and_the_interrupt_is_kept() throws Exception {
        Entry holder = room.enter(Guest.to("m", gate));
        Entry entry = room.enter(new Telling(Guest.to("m", gate), () -> {
            holder.close();
            Thread.currentThread().interrupt();
        }));

        assertThat(Thread.interrupted()).isTrue();
        entry.close();
        assertEmpty();
    }

    @Test
    void giving_back_does_not_wait_for_who_is_asking() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Entry holder = room.enter(Guest.to("m", gate));
        Visit slow = Visit.of(room, Guest.asking(() -> {
            asked.countDown();
            uninterruptibly(answer);
            return Guest.OPEN.get();
        }));
        asked.await();

        holder.close();
        room.askAgain();
        assertThat(gate.taken()).isEqualTo(1); // noted only: nobody has had the lock since
        answer.countDown();
        slow.entry().close();
        await().atMost(Visit.LONG).untilAsserted(this::assertEmpty);
    }

    @Test
    void a_slot_is_lent_without_a_request_too_and_in_turn() throws Exception {
        Slot slot = room.takeSlot("studio", Deadline.never());
        Visit visit = waiting(Guest.asking(Guest.preparingOn("studio"), gate));
        assertThatThrownBy(() -> room.takeSlot("studio", Deadline.after(Duration.ofMillis(5))))
                .isInstanceOfSatisfying(
                        RoomException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(RoomException.Reason.OVERDUE))
                .hasMessageContaining("preparing on studio");

        slot.close();
        Entry entry = visit.entry();
        entry.slotFree();
        room.takeSlot("studio", Deadline.after(Duration.ZERO)).close();
        entry.close();
        assertEmpty();
    }

    @Test
    void a_report_says_who_waits_and_why() throws Exception {
        Entry holder = room.enter(Guest.to("m", gate));
        Visit visit = waiting(Guest.to("m", gate).as(Priority.BACKGROUND));

        assertThat(room.waiting()).singleElement().satisfies(waiting -> {
            assertThat(waiting.priority()).isEqualTo(Priority.BACKGROUND);
            assertThat(waiting.heldUp()).containsExactly(entry(TARGET, "gate one is full"));
        });
        assertThat(room.waiting(TARGET)).isEqualTo(1);
        assertThat(gate).hasToString("one (1 of 1 taken, 1 waiting)");
        holder.close();
        visit.entry().close();
    }

    @Test
    void closing_the_room_sends_everybody_away() throws Exception {
        Entry holder = room.enter(Guest.to("m", gate));
        Visit visit = waiting(Guest.to("m", gate));
        room.close();

        assertThat(visit.refusal().reason()).isEqualTo(RoomException.Reason.CLOSED);
        assertThat(Visit.of(room, Guest.to("m")).refusal().reason()).isEqualTo(RoomException.Reason.CLOSED);
        holder.close();
        assertEmpty();
    }

    private Visit waiting(Visitor guest) {
        int before = room.waiting().size();
        Visit visit = Visit.of(room, guest);
        await().atMost(Visit.LONG).until(() -> room.waiting().size() == before + 1);
        return visit;
    }

    private void assertEmpty() {
        assertThat(gate.taken()).isZero();
        assertThat(gate.waiting()).isZero();
        assertThat(room.waiting()).isEmpty();
        assertThat(room.waiting(TARGET)).isZero();
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}
