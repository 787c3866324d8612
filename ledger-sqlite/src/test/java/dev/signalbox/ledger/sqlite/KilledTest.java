package dev.signalbox.ledger.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they spend and write, each beginning where the one before was killed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KilledTest {

    @TempDir
    private Path folder;

    @Test
    void twenty_are_killed_and_nothing_that_was_spent_is_forgotten() throws Exception {
        live(20);
    }

    @Test
    @Tag("long")
    void two_hundred_are_killed_and_nothing_that_was_spent_is_forgotten() throws Exception {
        live(200);
    }

    /** A block at most, beside what was reserved, asked for and spent without being said. */
    private void live(int times) throws Exception {
        Path file = folder.resolve("ledger.db");
        long before = 0;
        for (int seed = 0; seed < times; seed++) {
            long said = spendAndDie(file, seed, before);
            try (Book book = new Book(file).opened()) {
                long found = book.total("alice").spent();
                assertThat(found)
                        .as("of %d said, seed %d", said, seed)
                        .isBetween(said, said + Spender.BLOCK + 3 * Spender.MOST);
                before = found;
            }
        }
    }

    /** What it said last. */
    private static long spendAndDie(Path file, int seed, long before) throws Exception {
        Process spender = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Spender.class.getName(),
                        file.toString(),
                        String.valueOf(seed))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long said = before;
        try (BufferedReader out = new BufferedReader(new InputStreamReader(spender.getInputStream(), UTF_8))) {
            int lines = 1 + new Random(seed).nextInt(3_000);
            for (int i = 0; i < lines; ) {
                Optional<String> line = Optional.ofNullable(out.readLine());
                assertThat(line).as("what it says, seed %d", seed).isPresent();
                long number = number(line.orElse(""));
                said = Math.max(said, number);
                i += number > 0 ? 1 : 0;
            }
            spender.toHandle().destroyForcibly(); // SIGKILL, and what it said stays to be read
            said = out.lines().mapToLong(KilledTest::number).reduce(said, Math::max);
        } finally {
            spender.destroyForcibly();
        }
        assertThat(spender.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(said).isGreaterThan(before);
        return said;
    }

    /** Anything else, also half a line, says nothing. */
    private static long number(String line) {
        return line.matches("spent \\d{1,18}") ? Long.parseLong(line.substring("spent ".length())) : 0;
    }
}
