package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.server.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadOnlyIT {

    private static final Duration A_BUSY_MACHINE = Duration.ofMinutes(1);
    private static final int LARGE = 3 << 20;

    @TempDir
    private Path folder;

    @Test
    void writes_nowhere_but_into_its_cache() throws Exception {
        assumeThat(Path.of("/proc/self/fd")).exists();
        Distribution signalbox = Distribution.unpackedIn(folder);
        Path file = signalbox.configured("{ backends: { echo: { type: echo, text: done } }, default: echo/demo }");
        List<Path> others = others(signalbox, file);
        readOnly(signalbox.home(), true);
        List<Map<String, String>> before = contents(others);
        try (RunningServer server = signalbox.serve("--config", file.toString())) {
            String body =
                    "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(LARGE) + "\"}]}";
            try (WireClient client = server.connect()) {
                client.send(
                        "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + body.length() + "\r\n\r\n" + body.substring(0, LARGE / 2));
                await().atMost(A_BUSY_MACHINE).until(() -> !open(server).isEmpty());
                assertThat(Distribution.contents(signalbox.cache().resolve("tmp")))
                        .as("what would stay if the server was killed now")
                        .isEmpty();
                assertThat(open(server)).allSatisfy(path -> assertThat(path).startsWithRaw(signalbox.cache()));
                client.send(body.substring(LARGE / 2));
                assertThat(client.answer()).startsWith("http/1.1 200");
            }
            await().atMost(A_BUSY_MACHINE).until(() -> open(server).isEmpty());
            server.terminate();
            assertThat(server.exitCode()).isZero();
            assertThat(Path.of("/tmp/hsperfdata_" + System.getProperty("user.name"), "" + server.pid()))
                    .doesNotExist();
        } finally {
            readOnly(signalbox.home(), false);
        }
        assertThat(contents(others)).isEqualTo(before);
    }

    @Test
    void with_a_ledger_it_writes_into_its_state_folder_too() throws Exception {
        assumeThat(Path.of("/proc/self/fd")).exists();
        Distribution signalbox = Distribution.unpackedIn(folder);
        Path state = signalbox.folder("state");
        Path file = signalbox.configured("""
                backends: { echo: { type: echo, text: done } }
                guards: { budget: { budgets: [ { tokens: 1000000, per: day } ] } }
                default: echo/demo
                """);
        List<Path> others = others(signalbox, file);
        readOnly(signalbox.home(), true);
        List<Map<String, String>> before = contents(others);
        try (RunningServer server = signalbox.serve("--config", file.toString(), "--state-dir", state.toString())) {
            assertThat(server.chat("auto", "Hello").statusCode()).isEqualTo(200);
            assertThat(open(server))
                    .isNotEmpty()
                    .allSatisfy(path -> assertThat(path).startsWithRaw(state));
            assertThat(Distribution.contents(signalbox.cache().resolve("tmp")))
                    .as("the code of SQLite is unpacked beside the ledger")
                    .isEmpty();
            server.terminate();
            assertThat(server.exitCode()).isZero();
        } finally {
            readOnly(signalbox.home(), false);
        }
        assertThat(state.resolve("ledger.db")).isNotEmptyFile();
        assertThat(contents(others)).isEqualTo(before);
    }

    /** Where nothing is to be written. */
    private static List<Path> others(Distribution signalbox, Path file) {
        return List.of(signalbox.home(), signalbox.folder("user"), signalbox.folder("work"), file.getParent());
    }

    /** The files that it has open to be written; those that have lost their name are shown with a word more. */
    private static List<Path> open(RunningServer server) throws IOException {
        Path process = Path.of("/proc/" + server.pid());
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return files.filter(file -> writes(process.resolve("fdinfo").resolve(file.getFileName())))
                    .map(ReadOnlyIT::target)
                    .filter(path -> path.toString().endsWith(" (deleted)") || Files.isRegularFile(path))
                    .filter(path -> !path.getFileName().toString().endsWith(".out")) // where this test sends stdout
                    .toList();
        }
    }

    /** The flags are octal; their last digit says what the file was opened for. */
    private static boolean writes(Path info) {
        try (Stream<String> lines = Files.lines(info)) {
            return lines.anyMatch(line -> line.matches("flags:\\s+\\d*[12]"));
        } catch (IOException closed) {
            return false;
        }
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException closed) {
            return Path.of("/");
        }
    }

    private static List<Map<String, String>> contents(List<Path> folders) throws IOException {
        List<Map<String, String>> all = new ArrayList<>();
        for (Path each : folders) {
            all.add(Distribution.contents(each));
        }
        return all;
    }

    private static void readOnly(Path folder, boolean on) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.forEach(file -> assertThat(file.toFile().setWritable(!on)).isTrue());
        }
    }
}
