package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.core.Router;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ScriptedOllama;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three models of which the largest wants a machine of 24 GiB for itself, and two hundred requests for them all mixed up:
 * how often models are swapped and how long requests wait, next to asking strictly first come, first served.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SwapsTest {

    private static final int REQUESTS = 200;
    private static final long SEED = 20_261_121;
    private static final long GIBI = 1L << 30;
    private static final long LOADED_IN_A_MILLISECOND = GIBI / 8;

    @TempDir
    private Path folder;

    private record Result(String name, int loads, List<Long> waits) {

        long at(int percent) {
            return waits.stream().sorted().toList().get(waits.size() * percent / 100);
        }

        @Override
        public String toString() {
            return "%-24s %4d loads, waits: p50 %5d ms, p95 %5d ms".formatted(name, loads, at(50), at(95));
        }
    }

    @Test
    void two_hundred_mixed_requests_are_answered_with_few_swaps_and_never_too_much_memory() throws Exception {
        Result ours = run("the waiting room", Executors.newVirtualThreadPerTaskExecutor());
        Result strict = run("first come, first served", Executors.newSingleThreadExecutor());

        System.out.println(ours);
        System.out.println(strict);
        assertThat(ours.loads()).as("fewer swaps than one after the other").isLessThan(strict.loads());
    }

    private Result run(String name, ExecutorService clients) throws Exception {
        try (ScriptedOllama ollama = ScriptedOllama.start();
                clients) {
            ollama.installed(model("architect", 15.6), model("coder", 5.7), model("reviewer", 2.7))
                    .memory(24 * GIBI, LOADED_IN_A_MILLISECOND);
            List<Long> waits;
            try (Router router = Router.from(configuration(ollama))) {
                waits = ask(router, clients);
            }
            assertThat(ollama.refusedLoads())
                    .as("loads for which there was no memory")
                    .isZero();
            assertThat(ollama.companies())
                    .as("the architect is alone")
                    .noneMatch(company -> company.contains("architect") && company.size() > 1);
            return new Result(name, ollama.companies().size(), waits);
        }
    }

    private static OllamaModel model(String name, double gibi) {
        return OllamaModel.named(name).sized((long) (gibi * GIBI));
    }

    private Path configuration(ScriptedOllama ollama) throws Exception {
        return Files.writeString(folder.resolve("signalbox.yaml"), """
                backends:
                  desk: { type: ollama, base-url: "%s" }
                guards:
                  memory:
                    hosts: { localhost: { memory: 24GiB, reserve: 1GiB } }
                    exclusive: [ desk/architect ]
                    together: [ [ desk/coder, desk/reviewer ] ]
                """.formatted(ollama.uri()));
    }

    /** How long each waited for the head of its answer. All come at once. */
    private static List<Long> ask(Router router, ExecutorService clients) throws Exception {
        Random random = new Random(SEED);
        List<String> models = List.of("architect", "coder", "reviewer");
        long start = System.nanoTime();
        List<Callable<Long>> asking = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            String model = "desk/" + models.get(random.nextInt(models.size()));
            asking.add(() -> {
                try (RoutedResponse response = router.route(RouteRequest.chat(model, "All clear?"))) {
                    long waited = Duration.ofNanos(System.nanoTime() - start).toMillis();
                    assertThat(response.text()).isEqualTo("All signals are green.");
                    return waited;
                }
            });
        }
        List<Long> waits = new ArrayList<>();
        for (Future<Long> each : clients.invokeAll(asking)) {
            waits.add(each.get());
        }
        return waits;
    }
}
