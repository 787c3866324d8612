package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container, built and run as far as that goes without an engine for containers. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ContainerIT {

    private static final Duration A_BUSY_MACHINE = Duration.ofMinutes(1);
    private static final long LITTLE = 256 << 20;
    private static final String ECHO = "{ backends: { echo: { type: echo, text: done } }, default: echo/demo }";
    private static final Pattern HEAP = Pattern.compile("-XX:MaxHeapSize=(\\d+)");

    @TempDir
    private Path folder;

    @Test
    void lives_within_little_memory_as_nobody_special_and_ends_when_it_is_told_to() throws Exception {
        Container container = Container.builtIn(folder);
        try (MemoryLimit limit = MemoryLimit.of(LITTLE);
                RunningServer server = container.start(ECHO, limit)) {
            assertThat(limit.processes()).containsExactly("" + server.pid());
            assertThat(Files.readString(Path.of("/proc/" + server.pid() + "/status")))
                    .containsPattern("Uid:\\s+10001\\s+10001");
            assertThat(Files.readString(Path.of("/proc/" + server.pid() + "/maps")))
                    .as("what was made while it was built")
                    .containsPattern("/var/cache/signalbox/start-\\d+-\\d+\\.aot");
            assertThat(heap(server)).isLessThanOrEqualTo(LITTLE / 2);

            assertThat(askALot(server)).containsOnly(200);
            assertThat(server.isAlive()).isTrue();

            server.terminate();
            assertThat(server.exitCode()).isZero();
            assertThat(server.out()).isEmpty();
            await().atMost(A_BUSY_MACHINE).until(() -> limit.processes().isEmpty());
        }
    }

    /** So much that a heap of the usual size would be more than there is. */
    private static List<Integer> askALot(RunningServer server) throws Exception {
        String text = "all clear ".repeat(80_000);
        List<Callable<HttpResponse<String>>> asks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            asks.add(() -> server.chat("auto", text));
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(10)) {
            for (Future<HttpResponse<String>> each : clients.invokeAll(asks)) {
                statuses.add(each.get().statusCode());
            }
        }
        return statuses;
    }

    /** The most that the heap may become, as the JVM itself says. */
    private long heap(RunningServer server) throws Exception {
        Script.Result flags = new Script(Path.of(System.getProperty("java.home"), "bin", "jcmd"), folder)
                .run("" + server.pid(), "VM.flags");
        Matcher heap = HEAP.matcher(flags.out());
        assertThat(heap.find()).as(flags.out() + flags.err()).isTrue();
        return Long.parseLong(heap.group(1));
    }
}
