package dev.signalbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.core.Plugins;
import dev.signalbox.spi.BackendFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PluginsFolderTest {

    @TempDir
    Path folder;

    @Test
    void a_file_that_is_no_jar_is_told_by_name() throws IOException {
        Files.writeString(folder.resolve("half.jar"), "not a jar");
        Files.writeString(folder.resolve("README.md"), "not meant to be one");
        jar(folder.resolve("whole.jar"));
        Files.createDirectory(folder.resolve("classes.jar"));
        assertThat(broken())
                .singleElement()
                .asString()
                .contains("plugins/half.jar cannot be read as a jar")
                .contains("was it copied in full?");
    }

    @Test
    void so_are_one_that_is_empty_one_that_was_cut_off_and_one_that_is_not_there() throws IOException {
        Files.createFile(folder.resolve("empty.jar"));
        jar(folder.resolve("whole.jar"));
        byte[] whole = Files.readAllBytes(folder.resolve("whole.jar"));
        Files.write(folder.resolve("cut.jar"), Arrays.copyOf(whole, whole.length / 2));
        Files.createSymbolicLink(folder.resolve("gone.jar"), Path.of("nowhere"));
        assertThat(broken())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("plugins/cut.jar"),
                        line -> assertThat(line).startsWith("plugins/empty.jar").contains("zip file is empty"),
                        line -> assertThat(line).startsWith("plugins/gone.jar"));
    }

    @Test
    void no_folder_is_no_problem() {
        assertThat(PluginsFolder.beside(Plugins.of(), folder.resolve("none")).broken())
                .isEmpty();
    }

    @Test
    void what_cannot_be_read_is_suspected_where_nobody_brings_a_type() throws IOException {
        Files.createFile(folder.resolve("gpu.jar"));
        Plugins plugins = PluginsFolder.beside(Plugins.discovered(), folder);
        assertThat(plugins.missing(BackendFactory.class, "gpu"))
                .contains(
                        "\"gpu\" is not a known backend type",
                        "Perhaps it is this one: plugins/gpu.jar cannot be read");
        assertThat(plugins.backend("echo")).isPresent();
    }

    @Test
    void check_warns_of_it_and_tells_it_where_its_type_is_named() throws IOException {
        Files.createFile(folder.resolve("gpu.jar"));
        Path needless = Files.writeString(folder.resolve("a.yaml"), "backends: { a: { type: echo } }\n");
        Path named = Files.writeString(folder.resolve("b.yaml"), "backends: { a: { type: gpu } }\n");
        StringWriter told = new StringWriter();

        assertThat(check(needless, told)).isZero();
        assertThat(told.toString()).contains("Warning: plugins/gpu.jar cannot be read", "a.yaml can be used.");

        assertThat(check(named, told)).isEqualTo(1);
        assertThat(told.toString()).contains("backends.a.type", "Perhaps it is this one: plugins/gpu.jar cannot be");
    }

    private int check(Path file, StringWriter told) {
        return new CommandLine(new CheckCommand(() -> PluginsFolder.beside(Plugins.discovered(), folder)))
                .setErr(new PrintWriter(told, true))
                .setOut(new PrintWriter(told, true))
                .setExecutionExceptionHandler(Trouble::told)
                .execute("--config", file.toString());
    }

    private List<String> broken() {
        return PluginsFolder.beside(Plugins.of(), folder).broken();
    }

    private static void jar(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new ZipEntry("a"));
        }
    }
}
