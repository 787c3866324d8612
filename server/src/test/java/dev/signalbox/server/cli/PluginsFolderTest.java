package dev.signalbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PluginsFolderTest {

    @TempDir
    Path folder;

    @Test
    void a_file_that_is_no_jar_is_told_by_name() throws IOException {
        Files.writeString(folder.resolve("half.jar"), "not a jar");
        Files.writeString(folder.resolve("README.md"), "not meant to be one");
        jar(folder.resolve("whole.jar"));
        assertThat(PluginsFolder.problems(folder))
                .singleElement()
                .asString()
                .contains("plugins/half.jar is passed over")
                .contains("Was it copied in full?");
    }

    @Test
    void no_folder_is_no_problem() {
        assertThat(PluginsFolder.problems(folder.resolve("none"))).isEmpty();
    }

    private static void jar(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new ZipEntry("a"));
        }
    }
}
