package dev.signalbox.ledger.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the code of SQLite is loaded, as a process of its own tells. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NativeCodeTest {

    @TempDir
    private Path folder;

    @Test
    void nothing_of_it_is_loaded_while_nobody_needs_a_ledger() throws Exception {
        assertThat(loaded("made")).isEmpty();
    }

    @Test
    void it_is_loaded_once_somebody_does() throws Exception {
        assertThat(loaded("asked")).anyMatch(line -> line.contains("org.sqlite.core.NativeDB"));
    }

    /** The classes that a process loads which load that code or are of no use without it. */
    private List<String> loaded(String how) throws Exception {
        Path log = folder.resolve("classes-" + how);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xlog:class+load:file=" + log,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Idler.class.getName(),
                        folder.resolve("state").toString(),
                        how)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said-" + how).toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("said-" + how), UTF_8))
                .isZero();
        return Files.readAllLines(log, UTF_8).stream()
                .filter(line -> line.contains("org.sqlite.core.") || line.contains("org.sqlite.SQLiteJDBCLoader"))
                .toList();
    }
}
