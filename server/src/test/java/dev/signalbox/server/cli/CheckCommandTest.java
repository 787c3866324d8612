package dev.signalbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CheckCommandTest {

    private final StringWriter told = new StringWriter();

    private int check(Path file) {
        return new CommandLine(new CheckCommand())
                .setErr(new PrintWriter(told, true))
                .setOut(new PrintWriter(told, true))
                .setExecutionExceptionHandler(Trouble::told)
                .execute("--config", file.toString());
    }

    @Test
    void tells_what_the_environment_lacks_and_every_other_problem_in_one_report(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), """
                server: { port: "${SIGNALBOX_TEST_UNSET}", hots: x }
                callers: { alice: { key: "${SIGNALBOX_TEST_UNSET}" } }
                backends: { a: { type: ehco } }
                """);
        assertThat(check(file)).isEqualTo(1);
        assertThat(told.toString())
                .contains("has 4 problems")
                .containsSubsequence(
                        "server.hots",
                        "server.port",
                        "SIGNALBOX_TEST_UNSET is not set",
                        "callers.alice.key",
                        "SIGNALBOX_TEST_UNSET is not set",
                        "backends.a.type",
                        "Did you mean \"echo\"?");
    }

    @Test
    void says_so_if_nothing_is_wrong(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), "backends: { a: { type: echo } }");
        assertThat(check(file)).isZero();
        assertThat(told.toString()).contains("is right");
    }
}
