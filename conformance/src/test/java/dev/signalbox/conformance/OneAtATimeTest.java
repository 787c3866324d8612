package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.api.Body;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.conformance.Generations.Generation;
import dev.signalbox.core.Router;
import dev.signalbox.testkit.ScriptedRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five servers of five kinds behind one gate of one place, and callers who all come at once, wait for a while each, and
 * leave when they like. Two generations never run at once; not even on mlx_lm.server, which computes to the end what
 * nobody waits for any more.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OneAtATimeTest {

    private static final Pattern NUMBER = Pattern.compile("caller (\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration A_GENERATION = Duration.ofMillis(2);

    /** How long the place is kept after a caller left MLX: a thousand generations, so that a slow machine will do. */
    private static final String LINGER = "2s";

    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder;

    /** When a caller leaves. */
    private enum Leaves {
        NEVER,
        AFTER_A_WHILE,
        WHILE_IT_IS_GENERATED,
        AT_THE_FIRST_FRAME
    }

    /**
     * One caller.
     *
     * @param after milliseconds, for one who leaves after a while
     */
    private record Caller(
            int number,
            String profile,
            boolean streams,
            Leaves leaves,
            int after,
            Cancellation cancellation,
            AtomicReference<Optional<Generation>> generation) {

        static Caller any(int number, Random random, int callers) {
            List<String> servers = List.of("ollama", "vllm", "llama", "shelf");
            String server =
                    random.nextInt(callers) < 50 + callers / 100 ? "mlx" : servers.get(random.nextInt(servers.size()));
            String haste = random.nextInt(3) == 0 ? "hurried-" : "only-";
            Leaves leaves = random.nextBoolean() ? Leaves.NEVER : Leaves.values()[random.nextInt(4)];
            return new Caller(
                    number,
                    haste + server,
                    random.nextBoolean(),
                    leaves,
                    random.nextInt(3 * callers),
                    Cancellation.create(),
                    new AtomicReference<>(Optional.empty()));
        }

        void leave(Generations generations) {
            generation.get().filter(running -> !running.server().equals("mlx")).ifPresent(generations::abandon);
            cancellation.cancel();
        }

        RouteRequest request() {
            String body =
                    "{\"model\":\"%s\",\"stream\":%b,\"messages\":[{\"role\":\"user\",\"content\":\"caller %d\"}]}"
                            .formatted(profile, streams, number);
            return RouteRequest.of(Dialect.OPENAI_CHAT, Body.of(body)).withCancellation(cancellation);
        }
    }

    @Test
    void for_a_thousand_callers() throws Exception {
        crowd(1_000, 20_261_123);
    }

    @Test
    @Tag("long")
    void for_ten_thousand_callers() throws Exception {
        crowd(10_000, System.nanoTime());
    }

    private void crowd(int callers, long seed) throws Exception {
        try (Fleet fleet = Fleet.start();
                Generations generations = new Generations(A_GENERATION)) {
            Random random = new Random(seed);
            List<Caller> all = IntStream.range(0, callers)
                    .mapToObj(number -> Caller.any(number, random, callers))
                    .toList();
            fleet.ships()
                    .forEach(ship -> ship.runtime().sends(good -> {
                        Generation generation = generations.begin(ship.name());
                        Caller caller = all.get(callerOf(ship.runtime()));
                        caller.generation().set(Optional.of(generation));
                        if (caller.leaves() == Leaves.WHILE_IT_IS_GENERATED) {
                            caller.leave(generations);
                        }
                        return generations.watched(generation, good);
                    }));
            Path file = Files.writeString(folder.resolve("signalbox.yaml"), configuration(fleet, callers));
            try (Router router = Router.from(file)) {
                ask(router, all, generations);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(router.targets())
                                .allMatch(target -> target.inFlight() == 0 && target.waiting() == 0));
            }
            assertThat(failures).isEmpty();
            assertThat(generations.together()).as("generations at once").isEmpty();
            assertThat(served.get() + left.get() + refused.get()).isEqualTo(callers);
            assertThat(List.of(served.get(), left.get(), refused.get()))
                    .as("served, left, refused")
                    .allMatch(count -> count > callers / 100);
            assertThat(generations.begun()).isGreaterThanOrEqualTo(served.get());
            assertThat(generations.abandoned()).isGreaterThan(callers / 100);
        } catch (Exception | AssertionError failure) {
            throw new AssertionError("With the seed %d: %s".formatted(seed, failure.getMessage()), failure);
        }
    }

    /** Whose generation begins: that of the last request with a body, as there are never two. */
    private static int callerOf(ScriptedRuntime runtime) {
        String said = runtime.server().requests().reversed().stream()
                .filter(request -> request.method().equals("POST"))
                .findFirst()
                .orElseThrow()
                .text();
        Matcher number = NUMBER.matcher(said);
        assertThat(number.find()).as(said).isTrue();
        return Integer.parseInt(number.group(1));
    }

    private void ask(Router router, List<Caller> callers, Generations generations) throws InterruptedException {
        try (ScheduledExecutorService leaving = Executors.newSingleThreadScheduledExecutor()) {
            List<Thread> threads = new ArrayList<>();
            for (Caller caller : callers) {
                threads.add(Thread.startVirtualThread(() -> call(router, caller)));
                if (caller.leaves() == Leaves.AFTER_A_WHILE) {
                    leaving.schedule(() -> caller.leave(generations), caller.after(), TimeUnit.MILLISECONDS);
                }
            }
            for (Thread thread : threads) {
                thread.join();
            }
            leaving.shutdownNow();
        }
    }

    private void call(Router router, Caller caller) {
        try (RoutedResponse response = router.route(caller.request())) {
            if (caller.leaves() == Leaves.AT_THE_FIRST_FRAME && response.streamed()) {
                left.incrementAndGet();
                return;
            }
            assertThat(response.text()).isEqualTo("All signals are green.");
            served.incrementAndGet();
        } catch (RouteException refusal) {
            (caller.cancellation().cancelled() ? left : refused).incrementAndGet();
        } catch (InterruptedException | RuntimeException | AssertionError failure) {
            failures.add(failure);
        } catch (IOException failure) {
            failures.add(failure);
        }
    }

    /** Gates that overlap in every way beside the one of one place, which alone decides. */
    private static String configuration(Fleet fleet, int queue) {
        StringBuilder backends = new StringBuilder("backends:\n");
        StringBuilder profiles = new StringBuilder("profiles:\n");
        for (Fleet.Ship ship : fleet.ships()) {
            backends.append("  %s: { type: %s, base-url: \"%s\", linger: %s }%n"
                    .formatted(ship.name(), ship.kind(), ship.runtime().uri(), LINGER));
            String chain = "chain: [ \"%s/%s\" ]".formatted(ship.name(), ship.model());
            profiles.append("  only-%s: { %s, limits: { wait: 10m } }%n".formatted(ship.name(), chain));
            profiles.append("  hurried-%s: { %s, limits: { wait: 200ms } }%n".formatted(ship.name(), chain));
        }
        String gates = """
                gates:
                  everything: { of: [ ollama, mlx, vllm, llama, shelf ], places: 1, queue: %1$d }
                  some: { of: [ mlx, vllm, shelf ], places: 2, queue: %1$d }
                  others: { of: [ ollama, vllm, llama ], places: 1, queue: %1$d }
                """.formatted(queue);
        return backends + gates + profiles;
    }
}
