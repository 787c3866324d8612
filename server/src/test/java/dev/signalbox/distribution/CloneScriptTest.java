package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The `signalbox` at the root of a clone, with a build that only says that it was called. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CloneScriptTest {

    private static final String VERSION = "1.2.3";

    @TempDir
    Path folder;

    private Path clone;
    private Script script;

    @BeforeEach
    void a_clone() throws IOException {
        clone = folder.resolve("my clone");
        Path file = Script.copy("signalbox", clone.resolve("signalbox"));
        Files.writeString(clone.resolve("pom.xml"), "<project>\n  <version>" + VERSION + "</version>\n</project>\n");
        source("server/pom.xml");
        source("server/src/assembly/distribution.xml");
        source("server/src/dist/bin/signalbox");
        source("router-core/src/main/java/Router.java");
        buildThat("mkdir -p server/target/signalbox-" + VERSION + "/bin");
        script = new Script(file, folder);
    }

    private Path source(String name) throws IOException {
        Path file = clone.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        return file;
    }

    private void buildThat(String does) throws IOException {
        String launcher = "server/target/signalbox-" + VERSION + "/bin/signalbox";
        Script.write(
                clone.resolve("mvnw"),
                "echo called >> builds",
                "echo '[INFO] Building router-core 1.2.3 [1/2]'",
                does + " || exit 1",
                "printf '#!/bin/sh\\necho started \"$@\"\\n' > " + launcher,
                "chmod +x " + launcher);
    }

    private long builds() throws IOException {
        return Files.readString(clone.resolve("builds")).lines().count();
    }

    /** Now is not always later than a moment ago: file systems count in steps. */
    private static void changed(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().plusSeconds(60)));
    }

    @Test
    void builds_once_and_keeps_stdout_for_the_command() throws Exception {
        Script.Result first = script.run("status", "a b");
        Script.Result second = script.run();

        assertThat(first.out()).isEqualTo("started status a b\n");
        assertThat(first.err()).contains("first time", "router-core [1/2]", "built in");
        assertThat(second.out()).isEqualTo("started\n");
        assertThat(second.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void builds_again_when_a_source_changed() throws Exception {
        script.run();
        changed(clone.resolve("router-core/src/main/java/Router.java"));

        assertThat(script.run().err()).contains("what changed");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void builds_again_when_a_source_was_deleted() throws Exception {
        script.run();
        changed(clone.resolve("router-core/src/main/java"));

        script.run();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void starts_nothing_when_the_build_fails_and_shows_why() throws Exception {
        script.run();
        changed(clone.resolve("pom.xml"));
        buildThat("(echo '[ERROR] broken in line 7'; false)");

        Script.Result result = script.run();

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("[ERROR] broken in line 7", "the build failed");
    }

    @Test
    void builds_again_after_a_build_that_failed() throws Exception {
        buildThat("false");
        script.run();
        buildThat("mkdir -p server/target/signalbox-" + VERSION + "/bin");

        assertThat(script.run().out()).isEqualTo("started\n");
    }

    @Test
    void takes_over_the_lock_of_a_build_that_died() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path lock = Files.createDirectories(clone.resolve("server/target/signalbox.lock"));
        Files.writeString(lock.resolve("pid"), dead.pid() + "\n");

        assertThat(script.run().status()).isZero();
        assertThat(lock).doesNotExist();
    }
}
