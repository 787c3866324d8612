package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Verdict;
import dev.signalbox.testkit.ScriptedHost;
import dev.signalbox.testkit.ScriptedHost.Act;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * One schedule: what happens on a machine, made from a number. Every other one is honest: nobody else uses the machine,
 * nothing lies, fails or crashes, and then nothing may ever be too much.
 */
final class World {

    private static final long MEMORY = 64;
    private static final long RESERVE = 4;
    private static final int STEPS = 40;
    private static final int MOST_TRIES = 20;
    private static final Target EXCLUSIVE = Target.of("box/architect");

    /** A request that waits or runs. */
    private static final class Guest {
        private final Target target;
        private final long tokens;
        private int tries;

        private Guest(Target target, long tokens) {
            this.target = target;
            this.tokens = tokens;
        }
    }

    private record Running(Guest guest, Admission.Granted granted) {}

    private final long seed;
    private final Random random;
    private final boolean honest;
    private final List<Target> targets;
    private final ScriptedHost host =
            ScriptedHost.of("desk", MEMORY).server("box").server("other");
    private final Residents residents;
    private final List<Guest> waiting = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();
    private boolean slotTaken;
    private final Set<String> disturbed = new HashSet<>(); // servers others used since they were asked last
    private int depth;
    private int arrived;
    private int served;
    private int turnedAway;

    World(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.honest = seed % 2 == 0;
        this.targets = List.of(
                EXCLUSIVE,
                Target.of("box/coder"),
                Target.of("box/reviewer"),
                Target.of("box/grows"),
                Target.of("other/chat"),
                Target.of("other/big"));
        long[] sizes = {52, 19, 9, 10, 20, 1 + random.nextInt(90)};
        for (int i = 0; i < sizes.length; i++) {
            host.model(targets.get(i).toString(), sizes[i], told(targets.get(i), sizes[i]));
        }
        this.residents = new Residents(host, MEMORY, RESERVE, this::rules);
        host.meanwhile(this::meanwhile);
    }

    private ModelInfo told(Target target, long bytes) {
        ModelInfo model = ModelInfo.named(target.model());
        if (target.model().equals("grows")) {
            return model.withMemory(bytes).withTokenMemory(1);
        }
        return honest || random.nextBoolean() ? model.withMemory(bytes) : model.withDisk(1 + random.nextInt(60));
    }

    private PluginConfig rules(PluginConfig config) {
        PluginConfig rules = config.with(HostOptions.EXCLUSIVE, List.of(EXCLUSIVE));
        rules = random.nextBoolean()
                ? rules.with(HostOptions.TOGETHER, List.of(List.of(targets.get(1), targets.get(2))))
                : rules;
        rules = random.nextInt(4) == 0 ? rules.with(HostOptions.PIN, List.of(targets.get(2))) : rules;
        rules = random.nextInt(4) == 0 ? rules.with(HostOptions.PRELOAD, List.of(targets.get(1))) : rules;
        return random.nextBoolean() ? rules.withPresent(HostOptions.IDLE_UNLOAD, Duration.ofSeconds(30)) : rules;
    }

    void play() {
        for (int step = 0; step < STEPS; step++) {
            happens();
            letIn();
        }
        windUp();
        assertThat(waiting).as("nobody is left waiting: %s", this).isEmpty();
        assertThat(served + turnedAway)
                .as("everybody is served or refused: %s", this)
                .isEqualTo(arrived);
        checkBooks();
    }

    /** Something happens. */
    private void happens() {
        switch (random.nextInt(honest ? 8 : 14)) {
            case 0, 1, 2, 3 -> {
                waiting.add(new Guest(anyTarget(), random.nextInt(10) == 0 ? 45 : random.nextInt(8)));
                arrived++;
            }
            case 4, 5 -> end();
            case 6 -> {
                if (depth == 0) {
                    residents.pass(Duration.ofSeconds(1 + random.nextInt(20)));
                }
            }
            case 7 -> residents.probe();
            case 8, 9 -> host.othersLoad(disturbing(anyTarget()));
            case 10 -> host.othersUnload(disturbing(anyTarget()));
            case 11 -> host.crash(random.nextBoolean() ? "box" : "other");
            case 12 -> host.revive(random.nextBoolean() ? "box" : "other");
            default ->
                host.failsToLoad(
                        anyTarget(), random.nextBoolean() ? FailureKind.DEFECT : FailureKind.MODEL_UNAVAILABLE);
        }
    }

    private Target disturbing(Target target) {
        disturbed.add(target.backend());
        return target;
    }

    private Target anyTarget() {
        return targets.get(random.nextInt(targets.size()));
    }

    private void end() {
        if (!running.isEmpty()) {
            Running over = running.remove(random.nextInt(running.size()));
            over.granted()
                    .lease()
                    .end(residents
                            .at(over.guest().target.toString(), over.guest().tokens)
                            .answered());
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
            case LOOK -> disturbed.remove(target.backend());
            case UNLOAD ->
                assertThat(running)
                        .as("%s goes while it answers: %s", target, this)
                        .noneMatch(each -> each.guest().target.equals(target));
            case LOAD -> checkLoad(target);
        }
    }

    private void checkLoad(Target target) {
        if (!disturbed.isEmpty() || host.residents().contains(target)) {
            return;
        }
        if (honest) {
            assertThat(host.used() + host.bytes(target))
                    .as("%s is too much: %s", target, this)
                    .isLessThanOrEqualTo(MEMORY - RESERVE);
        }
        boolean alone = target.equals(EXCLUSIVE)
                ? host.residents().isEmpty()
                : !host.residents().contains(EXCLUSIVE);
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
        String target = guest.target.toString();
        if (residents.judges(target, guest.tokens) instanceof Verdict.Exclude) {
            turnAway(guest);
            return;
        }
        switch (residents.asks(target, guest.tokens)) {
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
        if (honest) {
            assertThat(host.residents())
                    .as("%s is asked and is not there: %s", guest.target, this)
                    .contains(guest.target);
        }
        if (!host.residents().contains(guest.target)) {
            disturbing(guest.target);
        }
        if (!host.othersLoad(guest.target)) {
            throw new BackendException(
                    host.isDown(guest.target.backend()) ? FailureKind.UNREACHABLE : FailureKind.OUT_OF_MEMORY,
                    "out of memory");
        }
        running.add(new Running(guest, granted));
    }

    private void failed(Guest guest, Admission.Granted granted, BackendException failed) {
        if (honest) {
            assertThat(failed.kind()).as("%s: %s", failed.failure(), this).isEqualTo(FailureKind.LOADING);
        }
        Failure failure = Failure.of(failed.kind(), failed.failure().message());
        granted.lease()
                .end(residents
                        .at(guest.target.toString(), guest.tokens)
                        .report(AttemptReport.Phase.ENDED, new AttemptReport.Outcome.Failed(failure)));
        if (failed.kind() == FailureKind.LOADING && ++guest.tries < MOST_TRIES) {
            waiting.add(guest);
        } else {
            turnedAway++;
        }
    }

    /** Nothing new happens, and everything that is going on ends. */
    private void windUp() {
        host.meanwhile((act, target) -> {});
        host.revive("box");
        host.revive("other");
        targets.forEach(target -> host.failsToLoad(target, FailureKind.DEFECT));
        residents.probe();
        for (int i = 0; i < 10 + 2 * arrived && !(waiting.isEmpty() && running.isEmpty()); i++) {
            letIn();
            while (!running.isEmpty()) {
                end();
            }
        }
    }

    @SuppressWarnings("unchecked")
    private void checkBooks() {
        residents.probe();
        Map<String, Object> report = (Map<String, Object>)
                residents.context().report("memory").orElseThrow().content().get();
        List<Map<String, Object>> hosts = (List<Map<String, Object>>) report.get("hosts");
        if (hosts.isEmpty()) {
            assertThat(arrived).isZero();
            return;
        }
        List<Map<String, Object>> booked =
                (List<Map<String, Object>>) hosts.getFirst().get("residents");
        assertThat(booked)
                .as("what is in the books is what is there: %s", this)
                .extracting(each -> each.get("target").toString())
                .containsExactlyInAnyOrderElementsOf(
                        host.residents().stream().map(Target::toString).toList());
        assertThat(booked).as("nothing is promised any more: %s", this).allSatisfy(each -> {
            assertThat(each.get("in_flight")).isEqualTo(0);
            assertThat(each.getOrDefault("promised_bytes", 0L)).isEqualTo(0L);
            assertThat(Set.of("there")).contains((String) each.get("state"));
        });
    }

    @Override
    public String toString() {
        return "seed %d, %s".formatted(seed, host.diary());
    }
}
