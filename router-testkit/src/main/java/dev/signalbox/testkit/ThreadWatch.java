package dev.signalbox.testkit;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds threads, virtual ones too, that were started since it began and still run.
 *
 * <p>It looks at the whole JVM, so nothing else may start threads meanwhile; those of the JVM itself are left out.
 */
public final class ThreadWatch {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Map<Long, String> before;

    private ThreadWatch(Map<Long, String> before) {
        this.before = before;
    }

    /** Begins to watch. */
    public static ThreadWatch begin() {
        return new ThreadWatch(running());
    }

    /**
     * Waits until no thread is left that was started since, at most five seconds.
     *
     * @throws AssertionError if some are left; it names them
     */
    public void assertNoneLeft() throws InterruptedException {
        assertNoneLeft(PATIENCE);
    }

    void assertNoneLeft(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        Map<Long, String> left = started();
        while (!left.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(PAUSE); // there is nothing to wait on: the threads are not known
            left = started();
        }
        if (!left.isEmpty()) {
            throw new AssertionError("Threads that were started do not end: " + left);
        }
    }

    private Map<Long, String> started() {
        Map<Long, String> now = running();
        now.keySet().removeAll(before.keySet());
        return now;
    }

    /** All threads by number. A virtual thread is known only to a dump. */
    private static Map<Long, String> running() {
        try {
            Path folder = Files.createTempDirectory("threads");
            Path dump = folder.resolve("threads.json");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
            Json threads = Json.read(Files.readString(dump));
            Files.delete(dump);
            Files.delete(folder);
            return threads(threads);
        } catch (IOException failure) {
            throw new UncheckedIOException("The threads of this JVM cannot be listed", failure);
        }
    }

    private static Map<Long, String> threads(Json dump) {
        return dump.items("/threadDump/threadContainers").stream()
                .flatMap(container -> container.items("/threads").stream())
                .filter(thread -> !isOfTheJvm(thread.text("/name")))
                .collect(Collectors.toMap(
                        ThreadWatch::number,
                        thread -> "%s %s".formatted(thread.text("/name"), frames(thread)),
                        (one, same) -> one,
                        TreeMap::new));
    }

    private static long number(Json thread) {
        return Long.parseLong(thread.at("/tid").orElseThrow().raw().replace("\"", ""));
    }

    private static String frames(Json thread) {
        return thread.items("/stack").stream()
                .map(frame -> frame.text(""))
                .limit(8)
                .collect(Collectors.joining(" < "));
    }

    /** Carriers of virtual threads and helpers that the JVM starts when it likes. */
    private static boolean isOfTheJvm(String name) {
        return name.startsWith("ForkJoinPool-")
                || name.startsWith("ForkJoinPool.")
                || name.startsWith("VirtualThread-")
                || name.contains("-Poller")
                || name.startsWith("Common-Cleaner")
                || name.startsWith("CompletableFutureDelayScheduler")
                || name.startsWith("Attach Listener")
                || name.contains("CompilerThread");
    }
}
