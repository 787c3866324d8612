package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.cli.Signalbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ShippedConfigurationTest {

    private static final Path SHIPPED = Path.of("src/dist/conf/signalbox.yaml");

    @TempDir
    private Path folder;

    @Test
    void says_nothing_until_somebody_writes_into_it() throws IOException {
        assertThat(Files.readAllLines(SHIPPED)).allMatch(line -> line.isEmpty() || line.startsWith("#"));
    }

    @Test
    void is_right_as_soon_as_its_examples_are_no_comments_any_more() throws IOException {
        List<String> written = Files.readAllLines(SHIPPED).stream()
                .map(line -> line.replaceFirst("^#(?=\\S|  )", ""))
                .toList();
        assertThat(written).anyMatch(line -> line.startsWith("  gpu: "));
        Path file = Files.write(folder.resolve("signalbox.yaml"), written);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

        assertThat(Signalbox.line(out, out).execute("check", "--config", file.toString()))
                .as(said.toString(StandardCharsets.UTF_8))
                .isZero();
    }
}
