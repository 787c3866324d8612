package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.core.Configuration;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.Router;
import dev.signalbox.testkit.ScriptedHost;
import dev.signalbox.testkit.TestFactories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * One schedule: what clients ask for, made from a number. Every sixth is rough: servers crash and come back, loads fail and
 * others use the machine too; in the others nothing may ever be too much and nobody may be turned away.
 */
final class Schedule implements HostedServer.Running {

    private static final long GIBI = 1L << 30;
    private static final long MEMORY = 64 * GIBI;
    private static final long RESERVE = 4 * GIBI;
    private static final int CLIENTS = 12;
    private static final Target EXCLUSIVE = Target.of("box/architect");

    static final String CONFIGURATION = """
            probe: { every: 1s }
            guards:
              health: { action: off }
              memory:
                action: off
                hosts: { desk: { memory: 64GiB, reserve: 4GiB } }
                exclusive: [ box/architect ]
                together: [ [ box/coder, box/reviewer ] ]
            """;

    private final long seed;
    private final Path file;
    private final Random random;
    private final boolean rough;
    private final ScriptedHost machine = ScriptedHost.of("desk", MEMORY)
            .server("box")
            .server("other")
            .model("box/architect", 52 * GIBI)
            .model("box/coder", 19 * GIBI)
            .model("box/reviewer", 9 * GIBI)
            .model("other/chat", 20 * GIBI)
            .model("other/big", 35 * GIBI);
    private final List<Target> targets =
            machine.offers().stream().map(offer -> offer.target()).toList();
    private final Map<Target, AtomicInteger> answering = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    Schedule(long seed, Path file) {
        this.seed = seed;
        this.file = file;
        this.random = new Random(seed);
        this.rough = seed % 6 == 5;
    }

    void play() {
        machine.meanwhile(this::watch);
        List<String> endings;
        try (Router router = router();
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            endings = play(router, clients);
        } catch (Exception failed) {
            throw new AssertionError("seed " + seed, failed);
        }
        assertThat(wrong).as("seed %d", seed).isEmpty();
        assertThat(answering.values()).as("seed %d", seed).allMatch(count -> count.get() == 0);
        if (!rough) {
            assertThat(endings).as("seed %d: %s", seed, machine.diary()).containsOnly("answered");
        }
    }

    private Router router() {
        return Router.builder()
                .plugins(Plugins.discovered())
                .configuration(Configuration.read(file))
                .backend("box", TestFactories.backend("test-box", new HostedServer("box", machine, this)), same -> same)
                .backend(
                        "other",
                        TestFactories.backend("test-other", new HostedServer("other", machine, this)),
                        same -> same)
                .build();
    }

    private List<String> play(Router router, ExecutorService clients) throws Exception {
        List<Future<List<String>>> asking = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            long own = random.nextLong();
            asking.add(clients.submit(() -> ask(router, new Random(own))));
        }
        if (rough) {
            disturb();
        }
        List<String> endings = new ArrayList<>();
        for (Future<List<String>> each : asking) {
            endings.addAll(each.get(5, TimeUnit.MINUTES)); // whoever waits longer is lost
        }
        return endings;
    }

    /** One client: a few requests one after the other, some of which last a little. */
    private List<String> ask(Router router, Random own) throws InterruptedException, IOException {
        List<String> endings = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String target = targets.get(own.nextInt(targets.size())).toString();
            try (RoutedResponse response = router.route(RouteRequest.chatStream(target, "All clear?"))) {
                LockSupport.parkNanos(own.nextInt(3) * 200_000L); // so that answers overlap
                response.text();
                endings.add("answered");
            } catch (RouteException turnedAway) {
                endings.add(target + ": " + turnedAway.problem().message());
            }
        }
        return endings;
    }

    private void disturb() {
        for (int i = 0; i < 10; i++) {
            Target target = targets.get(random.nextInt(targets.size()));
            switch (random.nextInt(5)) {
                case 0 -> machine.othersLoad(target);
                case 1 -> machine.othersUnload(target);
                case 2 -> machine.crash(target.backend());
                case 3 -> machine.revive(target.backend());
                default -> machine.failsToLoad(target, FailureKind.MODEL_UNAVAILABLE);
            }
            LockSupport.parkNanos(500_000);
        }
        machine.revive("box");
        machine.revive("other");
        targets.forEach(target -> machine.failsToLoad(target, FailureKind.DEFECT));
    }

    /** Looks whether what a server is told may be told to it now. */
    private void watch(ScriptedHost.Act act, Target target) {
        if (act == ScriptedHost.Act.UNLOAD && count(target).get() > 0) {
            wrong.add(target + " goes while it answers");
        }
        if (act == ScriptedHost.Act.LOAD && !rough && !machine.residents().contains(target)) {
            if (machine.used() + machine.bytes(target) > MEMORY - RESERVE) {
                wrong.add(target + " is too much beside " + machine.residents());
            }
            if (target.equals(EXCLUSIVE)
                    ? !machine.residents().isEmpty()
                    : machine.residents().contains(EXCLUSIVE)) {
                wrong.add(target + " is loaded beside " + machine.residents());
            }
        }
    }

    @Override
    public void begins(Target target) {
        count(target).incrementAndGet();
        if (!rough && !machine.residents().contains(target)) {
            wrong.add(target + " is asked and is not there");
        }
    }

    @Override
    public void ends(Target target) {
        count(target).decrementAndGet();
    }

    private AtomicInteger count(Target target) {
        return answering.computeIfAbsent(target, same -> new AtomicInteger());
    }
}
