package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.ScriptedHost;
import dev.signalbox.testkit.ScriptedHost.Act;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/**
 * One schedule: what happens on a machine, made from a number. Every other one is honest: nobody else uses the machine,
 * nothing lies, fails or crashes, and then nothing may ever be too much.
 */
final class World {

    private static final int STEPS = 40;
    private static final int MOST_TRIES = 20;

    private record Running(Guest guest, Admission.Granted granted, long context) {}

    private final long seed;
    private final Random random;
    private final boolean honest;
    private final Scenery scenery;
    private final ScriptedHost host;
    private final Mischief mischief;
    private final Residents residents;
    private final List<Guest> waiting = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();
    private boolean slotTaken;
    private int depth;
    private int arrived;
    private int served;
    private int turnedAway;

    World(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.honest = seed % 2 == 0;
        this.scenery = new Scenery(random, honest);
        this.host = scenery.host();
        this.mischief = new Mischief(random, scenery);
        this.residents = new Residents(host, Scenery.MEMORY, Scenery.RESERVE, scenery::rules);
        host.meanwhile(this::meanwhile);
    }

    void play() {
        for (int step = 0; step < STEPS; step++) {
            happens();
            letIn();
            checkMemory();
        }
        windUp();
        assertThat(waiting).as("nobody is left waiting: %s", this).isEmpty();
        assertThat(served + turnedAway)
                .as("everybody is served or refused: %s", this)
                .isEqualTo(arrived);
        checkBooks();
    }

    private void checkMemory() {
        if (honest) {
            assertThat(host.used() + growth())
                    .as("no more is taken than there is: %s", this)
                    .isLessThanOrEqualTo(Scenery.MEMORY - Scenery.RESERVE);
        }
    }

    /** What requests that are being answered take beside the models. */
    private long growth() {
        return running.stream().mapToLong(each -> each.guest().growth()).sum();
    }

    /** Something happens. */
    private void happens() {
        switch (random.nextInt(honest ? 8 : 15)) {
            case 0, 1, 2, 3 -> {
                waiting.add(anyGuest());
                arrived++;
            }
            case 4, 5 -> end();
            case 6 -> {
                if (depth == 0) {
                    residents.pass(Duration.ofSeconds(1 + random.nextInt(20)));
                }
            }
            case 7 -> probe();
            default -> mischief.happens();
        }
    }

    /** What it tells counts if nothing is going on. */
    private void probe() {
        residents.probe();
        if (depth == 0) {
            mischief.probed();
        }
    }

    private Guest anyGuest() {
        Target target = scenery.target();
        OptionalLong context = target.equals(Scenery.WIDE) && random.nextBoolean()
                ? OptionalLong.of(ScriptedHost.USUAL_CONTEXT + random.nextInt(40))
                : OptionalLong.empty();
        return new Guest(target, random.nextInt(10) == 0 ? 45 : random.nextInt(8), context);
    }

    private void end() {
        if (!running.isEmpty()) {
            Running over = running.remove(random.nextInt(running.size()));
            if (honest) {
                assertThat(host.context(over.guest().target))
                        .as("%s is not loaded again while it answers: %s", over.guest().target, this)
                        .isEqualTo(over.context());
            }
            over.granted().lease().end(over.guest().attempt(residents).answered());
            served++;
        }
    }

    /** What happens while a server is asked something; then it is looked whether that may be asked at all. */
    private void meanwhile(Act act, Target target) {
        if (depth == 0 && random.nextInt(3) == 0) {
            depth++;
            happens();
            letIn();
            depth--;
        }
        switch (act) {
            case LOOK -> mischief.looked(target.backend());
            case UNLOAD ->
                assertThat(running)
                        .as("%s goes while it answers: %s", target, this)
                        .noneMatch(each -> each.guest().target.equals(target));
            case LOAD -> checkLoad(target);
        }
    }

    private void checkLoad(Target target) {
        if (mischief.isUnseen() || host.residents().contains(target)) {
            return;
        }
        if (honest) {
            assertThat(host.used() + growth() + host.bytes(target))
                    .as("%s is too much: %s", target, this)
                    .isLessThanOrEqualTo(Scenery.MEMORY - Scenery.RESERVE);
        }
        boolean alone = target.equals(Scenery.EXCLUSIVE)
                ? host.residents().isEmpty()
                : !host.residents().contains(Scenery.EXCLUSIVE);
        assertThat(alone)
                .as("%s is loaded beside %s: %s", target, host.residents(), this)
                .isTrue();
    }

    /** Asks those who wait, as the waiting room does. */
    private void letIn() {
        for (Guest guest : List.copyOf(waiting)) {
            if (waiting.contains(guest)) {
                ask(guest);
            }
        }
    }

    private void ask(Guest guest) {
        if (residents.judges(guest.attempt(residents)) instanceof Verdict.Exclude) {
            turnAway(guest);
            return;
        }
        switch (residents.asks(guest.attempt(residents))) {
            case Admission.Later later -> {}
            case Admission.Refused refused -> turnAway(guest);
            case Admission.Granted granted -> {
                if (granted.preparation().isPresent() && slotTaken) {
                    granted.lease().undo();
                } else {
                    waiting.remove(guest);
                    start(guest, granted);
                }
            }
        }
    }

    private void turnAway(Guest guest) {
        waiting.remove(guest);
        turnedAway++;
    }

    private void start(Guest guest, Admission.Granted granted) {
        try {
            if (granted.preparation().isPresent()) {
                slotTaken = true;
                granted.preparation().get().run(Deadline.never());
            }
            begin(guest, granted);
        } catch (BackendException failed) {
            failed(guest, granted, failed);
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            slotTaken = granted.preparation().isEmpty() && slotTaken;
        }
    }

    /** A server loads what it is asked for and does not have, if it can. */
    private void begin(Guest guest, Admission.Granted granted) throws BackendException {
        if (honest && !Scenery.isSwapped(guest.target)) {
            assertThat(host.residents())
                    .as("%s is asked and is not there: %s", guest.target, this)
                    .contains(guest.target);
            assertThat(host.context(guest.target))
                    .as("%s has the context that is wanted: %s", guest.target, this)
                    .isGreaterThanOrEqualTo(guest.leastContext());
        }
        if (!host.residents().contains(guest.target) && !Scenery.isSwapped(guest.target)) {
            mischief.disturbing(guest.target);
        }
        if (!host.othersLoad(guest.target)) {
            throw new BackendException(
                    host.isDown(guest.target.backend()) ? FailureKind.UNREACHABLE : FailureKind.OUT_OF_MEMORY,
                    "out of memory");
        }
        running.add(new Running(guest, granted, host.context(guest.target)));
    }

    private void failed(Guest guest, Admission.Granted granted, BackendException failed) {
        if (honest) {
            assertThat(failed.kind()).as("%s: %s", failed.failure(), this).isEqualTo(FailureKind.LOADING);
        }
        Failure failure = Failure.of(failed.kind(), failed.failure().message());
        granted.lease()
                .end(guest.attempt(residents)
                        .report(AttemptReport.Phase.ENDED, new AttemptReport.Outcome.Failed(failure)));
        if (failed.kind() == FailureKind.LOADING && guest.tried() < MOST_TRIES) {
            waiting.add(guest);
        } else {
            turnedAway++;
        }
    }

    /** Nothing new happens, and everything that is going on ends. */
    private void windUp() {
        host.meanwhile((act, target) -> {});
        mischief.ends();
        residents.probe();
        for (int i = 0; i < 10 + 2 * arrived && !(waiting.isEmpty() && running.isEmpty()); i++) {
            letIn();
            while (!running.isEmpty()) {
                end();
            }
        }
    }

    private void checkBooks() {
        residents.probe();
        List<Map<String, Object>> hosts = Reports.list(Reports.of(residents), "hosts");
        if (hosts.isEmpty()) {
            assertThat(arrived).isZero();
            return;
        }
        List<Map<String, Object>> booked = Reports.list(hosts.getFirst(), "residents").stream()
                .filter(each -> !each.get("state").equals("assumed"))
                .toList();
        assertThat(booked)
                .as("what is in the books is what is there: %s", this)
                .extracting(each -> each.get("target").toString())
                .containsExactlyInAnyOrderElementsOf(
                        host.residents().stream().map(Target::toString).toList());
        assertThat(booked).as("nothing is promised any more: %s", this).allSatisfy(each -> {
            assertThat(each.get("in_flight")).isEqualTo(0);
            assertThat(each.getOrDefault("promised_bytes", 0L)).isEqualTo(0L);
            assertThat(each.get("state")).isEqualTo("there");
        });
    }

    @Override
    public String toString() {
        return "seed %d, %s".formatted(seed, host.diary());
    }
}
