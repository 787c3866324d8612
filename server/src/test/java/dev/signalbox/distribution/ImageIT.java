package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image with a Java of its own, on a machine that has none. */
@Tag("image")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ImageIT {

    private static final Path OUTPUT = Path.of("target/image").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void runs_where_there_is_no_java() throws Exception {
        assertServes(only("signalbox-", Files::isDirectory));
    }

    @Test
    void finds_plugins_in_their_folder() throws Exception {
        Path image = only("signalbox-", Files::isDirectory);
        Path plugin = image.resolve("plugins/backend-echo.jar");
        Path shipped;
        try (Stream<Path> jars = Files.list(image.resolve("lib"))) {
            shipped = jars.filter(jar -> jar.getFileName().toString().startsWith("backend-echo-"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.move(shipped, plugin);
        try {
            assertServes(image);
        } finally {
            Files.move(plugin, shipped);
        }
    }

    @Test
    void the_debian_package_has_the_server_its_java_and_its_unit() throws Exception {
        assumeThat(Path.of("/usr/bin/dpkg-deb")).exists();
        Path deb = only("signalbox-", file -> file.toString().endsWith(".deb"));
        Path root = folder.resolve("root");
        Script.Result unpacked =
                new Script(Path.of("/usr/bin/dpkg-deb"), folder).run("--extract", deb.toString(), root.toString());
        assertThat(unpacked.status()).as(unpacked.err()).isZero();

        assertThat(root.resolve("usr/lib/systemd/system/signalbox.service"))
                .hasSameTextualContentAs(Path.of("../packaging/signalbox.service"));
        assertThat(Files.readSymbolicLink(root.resolve("usr/bin/signalbox")))
                .isEqualTo(Path.of("/opt/signalbox/bin/signalbox"));
        assertServes(root.resolve("opt/signalbox"));
    }

    @Test
    void the_debian_package_keeps_what_was_configured_and_leaves_no_server_behind_that_has_lost_its_jars()
            throws Exception {
        assumeThat(Path.of("/usr/bin/dpkg-deb")).exists();
        Path deb = only("signalbox-", file -> file.toString().endsWith(".deb"));
        Path control = folder.resolve("control");
        Script.Result unpacked =
                new Script(Path.of("/usr/bin/dpkg-deb"), folder).run("--control", deb.toString(), control.toString());
        assertThat(unpacked.status()).as(unpacked.err()).isZero();

        assertThat(control.resolve("conffiles")).hasContent("/opt/signalbox/conf/signalbox.yaml");
        assertThat(control.resolve("postinst")).content().contains("try-restart signalbox.service");
        assertThat(control.resolve("prerm")).content().contains("disable --now signalbox.service");
        for (String script : List.of("postinst", "prerm", "postrm")) {
            Script.Result read = new Script(Path.of("/bin/sh"), folder)
                    .run("-n", control.resolve(script).toString());
            assertThat(read.status()).as(read.err()).isZero();
            assertThat(control.resolve(script)).isExecutable();
        }
    }

    private void assertServes(Path home) throws Exception {
        Path cache = Files.createDirectories(folder.resolve("cache"));
        Map<String, String> bare = Map.of("PATH", "/usr/bin:/bin");
        List<String> command = List.of(
                home.resolve("bin/signalbox").toString(),
                "serve",
                "--port=0",
                "--no-discovery",
                "--no-start-cache",
                "--cache-dir",
                cache.toString());
        try (RunningServer server = RunningServer.start(command, bare, folder)) {
            assertThat(Files.readSymbolicLink(Path.of("/proc/" + server.pid() + "/exe")))
                    .isEqualTo(home.toRealPath().resolve("runtime/bin/java"));
            assertThat(server.chat("auto", "no java here").body()).contains("no java here");
            server.terminate();
            assertThat(server.exitCode()).isZero();
        }
    }

    private static Path only(String name, Predicate<Path> kind) throws IOException {
        try (Stream<Path> files = Files.list(OUTPUT)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(name))
                    .filter(kind)
                    .toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }
}
