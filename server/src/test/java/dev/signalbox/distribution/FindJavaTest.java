package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The versions are far above any that is installed, so that this machine's own Javas stay out of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FindJavaTest {

    @TempDir
    Path folder;

    private Script script;

    @BeforeEach
    void find_java() throws IOException {
        script = new Script(Script.copy("server/src/dist/bin/find-java", folder.resolve("a b/find-java")), folder)
                .with("HOME", folder);
    }

    @Test
    void takes_the_one_JAVA_HOME_names() throws Exception {
        Path home = Script.jdk(folder.resolve("my jdk"), "901.0.1");
        Script.jdk(folder.resolve(".jdks/newer"), "999");

        assertThat(script.with("JAVA_HOME", home).run("900").out()).isEqualTo(home + "\n");
    }

    @Test
    void takes_the_one_on_the_path_through_links_if_JAVA_HOME_is_too_old() throws Exception {
        Path home = Script.jdk(folder.resolve("real/jdk"), "901-ea");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("other"), Path.of("../real/jdk/bin/java"));
        Files.createSymbolicLink(bin.resolve("java"), bin.resolve("other"));

        assertThat(script.with("JAVA_HOME", Script.jdk(folder.resolve("old"), "17.0.15"))
                        .with("PATH", bin + ":/usr/bin:/bin")
                        .run("900")
                        .out())
                .isEqualTo(home.toRealPath() + "\n");
    }

    @Test
    void takes_the_newest_of_the_usual_folders() throws Exception {
        Script.jdk(folder.resolve(".sdkman/candidates/java/a"), "901");
        Path newest = Script.jdk(folder.resolve(".sdkman/candidates/java/b"), "1000.0.2");
        Script.jdk(folder.resolve(".jdks/c"), "999");

        assertThat(script.run("900").out()).isEqualTo(newest + "\n");
    }

    @Test
    void knows_the_old_way_of_writing_versions() throws Exception {
        Path home = Script.jdk(folder.resolve("eight"), "1.8.0_402");

        assertThat(script.with("JAVA_HOME", home).run("8").out()).isEqualTo(home + "\n");
        assertThat(script.with("JAVA_HOME", home).run("9").out()).isNotEqualTo(home + "\n");
    }

    @Test
    void leaves_out_one_without_the_program_that_is_wanted() throws Exception {
        Path home = Script.jdk(folder.resolve("jre"), "901");
        Files.delete(home.resolve("bin/javac"));
        script.with("JAVA_HOME", home);

        assertThat(script.run("900").status()).isZero();
        assertThat(script.run("900", "javac").status()).isEqualTo(1);
    }

    @Test
    void says_in_one_line_what_to_install_if_there_is_none() throws Exception {
        Script.Result result = script.run("900");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(Script.lines(result.err())).singleElement().asString().contains("900", "install", "JAVA_HOME");
    }
}
