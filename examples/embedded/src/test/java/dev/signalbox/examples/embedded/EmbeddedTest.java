package dev.signalbox.examples.embedded;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program as a reader would: in a JVM of its own, with nothing of the tests around it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EmbeddedTest {

    private static final String MAIN = "dev.signalbox.examples.embedded.Embedded";

    @TempDir
    private Path folder;

    @Test
    void runs_on_the_class_path() throws Exception {
        assertAnswers("-cp", jars(), MAIN);
    }

    @Test
    void runs_on_the_module_path() throws Exception {
        assertAnswers("--module-path", jars(), "--module", "dev.signalbox.examples.embedded/" + MAIN);
    }

    @Test
    void is_thirty_lines_at_most_and_writes_no_JSON() throws Exception {
        Path program = Path.of("src/main/java", MAIN.replace('.', '/') + ".java");
        assertThat(Files.readAllLines(program))
                .hasSizeLessThanOrEqualTo(30)
                .noneMatch(line -> line.contains("\\\"") || line.contains("\"\"\""));
    }

    private void assertAnswers(String... how) throws Exception {
        Path file = Files.writeString(
                folder.resolve("signalbox.yaml"), "{ backends: { echo: { type: echo } }, default: echo/demo }");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(Arrays.asList(how));
        command.addAll(List.of(file.toString(), "Say hello"));

        Process program = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(program.waitFor(60, TimeUnit.SECONDS)).as("ends in time").isTrue();
        } finally {
            program.destroyForcibly();
        }

        String said = Files.readString(err, StandardCharsets.UTF_8);
        assertThat(program.exitValue()).as(said).isZero();
        assertThat(Files.readString(out, StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("Say hello\nSay hello");
    }

    /** The class path without the tests and what only they need. */
    private static String jars() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(not(EmbeddedTest::isForTests))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isForTests(String entry) {
        String name = Path.of(entry).getFileName().toString();
        return name.equals("test-classes")
                || name.matches(
                        "(junit|opentest4j|apiguardian|assertj|awaitility|hamcrest|mockito|byte-buddy|objenesis).*");
    }
}
