package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenFilesTest {

    @TempDir
    private Path folder;

    @BeforeAll
    static void where_they_have_names() {
        assumeThat(Path.of("/proc/self/fd")).isDirectory();
    }

    @Test
    void a_file_is_seen_until_it_is_closed_though_it_was_deleted() throws Exception {
        Path file = Files.createFile(folder.resolve("spooled"));
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            Files.delete(file);
            assertThat(OpenFiles.now().in(folder)).hasSize(1);
            assertThat(open.length()).isZero();
        }
        assertThat(OpenFiles.now().in(folder)).isEmpty();
    }

    @Test
    void a_file_beside_the_folder_is_not_in_it() throws Exception {
        Path other = Files.createFile(folder.resolveSibling(folder.getFileName() + "-2"));
        try (InputStream open = Files.newInputStream(other)) {
            assertThat(OpenFiles.now().in(folder)).isEmpty();
            assertThat(OpenFiles.now().in(folder.getParent())).anyMatch(name -> name.endsWith("-2"));
            assertThat(open.read()).isNegative();
        } finally {
            Files.delete(other);
        }
    }

    @Test
    void a_socket_is_seen_until_it_is_closed() throws Exception {
        List<String> its = new ArrayList<>();
        List<String> before = OpenFiles.now().names();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
            its.addAll(OpenFiles.now().names());
            its.removeAll(before);
            its.removeIf(name -> !name.startsWith("socket:"));
            assertThat(its).isNotEmpty(); // the JVM may keep one for itself with the first
        }
        its.removeAll(OpenFiles.now().names());
        assertThat(its).isNotEmpty();
    }
}
