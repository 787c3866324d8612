package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StartCacheIT {

    private static final Duration A_BUSY_MACHINE = Duration.ofMinutes(4);

    @TempDir
    private Path folder;

    private Distribution signalbox;

    @BeforeEach
    void unpack() throws IOException {
        assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(25);
        signalbox = Distribution.unpackedIn(folder);
        signalbox.with("--cache-dir=" + signalbox.cache());
    }

    @Test
    void is_made_while_the_first_server_runs_used_by_the_second_and_made_anew_when_a_jar_has_changed()
            throws Exception {
        assumeThat(Path.of("/proc/self/maps")).exists();
        try (RunningServer first = signalbox.serve("--no-discovery")) {
            await().atMost(A_BUSY_MACHINE).until(() -> caches() == 1);
            assertThat(first.chat("auto", "still here").body()).contains("still here");
            assertThat(uses(first, signalbox.startCache())).isFalse();
            first.terminate();
            assertThat(first.exitCode()).isZero();
            assertThat(first.out()).isEmpty();
            assertThat(first.err()).doesNotContainIgnoringCase("warning");
        }
        Path cache = signalbox.startCache();
        try (RunningServer second = signalbox.serve("--no-discovery")) {
            assertThat(uses(second, cache)).isTrue();
            assertThat(second.chat("auto", "and fast").body()).contains("and fast");
        }
        Files.copy(jar(), signalbox.home().resolve("plugins/another.jar"));
        try (RunningServer third = signalbox.serve("--no-discovery")) {
            assertThat(uses(third, cache)).isFalse();
            await().atMost(A_BUSY_MACHINE).until(() -> caches() == 2);
        }
        Files.delete(cache);
        Path another = signalbox.startCache();
        try (RunningServer fourth = signalbox.serve("--no-discovery")) {
            assertThat(uses(fourth, another)).isTrue();
            assertThat(fourth.chat("auto", "and fast again").body()).contains("and fast again");
        }
        assertThat(Distribution.contents(signalbox.cache()).keySet()).noneMatch(name -> name.contains(".new"));
    }

    @Test
    void a_broken_one_is_a_plain_start_without_a_word() throws Exception {
        Path named = Path.of(whileAnotherMakesIt().err().replaceFirst("Another process is making (.*)\\.\n", "$1"));
        for (String broken : List.of("", "no cache at all", "x".repeat(100_000))) {
            Files.writeString(named, broken);
            Script.Result result = signalbox.run("version");
            assertThat(result.status()).isZero();
            assertThat(result.out()).startsWith("signalbox ").hasLineCount(1);
            assertThat(result.err()).isEmpty();
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_a_plain_start_without_a_word() throws Exception {
        signalbox.with("--cache-dir", "/proc/no such place");
        Script.Result result = signalbox.run("version");
        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("signalbox ").hasLineCount(1);
        assertThat(result.err()).isEmpty();

        Script.Result warmUp = signalbox.run("warm-up");
        assertThat(warmUp.status()).isEqualTo(1);
        assertThat(warmUp.err()).contains("/proc/no such place", "--cache-dir").hasLineCount(1);
    }

    @Test
    void of_two_that_run_at_once_one_makes_it() throws Exception {
        Script.Result result = whileAnotherMakesIt();
        assertThat(result.status()).isZero();
        assertThat(result.err()).startsWith("Another process is making ");
        assertThat(caches()).isZero();
    }

    private Script.Result whileAnotherMakesIt() throws Exception {
        Files.createDirectories(signalbox.cache());
        try (FileChannel channel = FileChannel.open(
                        signalbox.cache().resolve("start.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock ignored = channel.lock()) {
            return signalbox.run("warm-up");
        }
    }

    private long caches() throws IOException {
        return Distribution.contents(signalbox.cache()).keySet().stream()
                .filter(name -> name.endsWith(".aot"))
                .count();
    }

    /** A JVM maps the cache it uses into its memory. */
    private static boolean uses(RunningServer server, Path cache) throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/" + server.pid() + "/maps"))) {
            return maps.anyMatch(line -> line.endsWith(cache.toString()));
        }
    }

    private Path jar() throws IOException {
        try (Stream<Path> jars = Files.list(signalbox.home().resolve("lib"))) {
            return jars.filter(jar -> jar.toString().contains("jspecify"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
