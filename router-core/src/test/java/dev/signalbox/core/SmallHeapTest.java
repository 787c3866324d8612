package dev.signalbox.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that together are four times the heap. */
@Tag("long")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SmallHeapTest {

    private static final int BODIES = 40;
    private static final int MIB = 12;

    @TempDir
    private Path folder;

    @Test
    void rules_that_read_many_large_bodies_at_once_do_not_fill_it() throws Exception {
        Path out = folder.resolve("out");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeBodies.class.getName(),
                        "" + BODIES,
                        "" + MIB)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.exitValue()).as(Files.readString(out)).isZero();
        assertThat(Files.readAllLines(out)).hasSize(BODIES).containsOnly("there Hello");
    }
}
