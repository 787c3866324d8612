package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LaunchScriptTest {

    @TempDir
    Path folder;

    private Path home;
    private Script script;

    @BeforeEach
    void a_distribution() throws IOException {
        home = folder.toRealPath().resolve("signal box");
        Script.copy("server/src/dist/bin/find-java", home.resolve("bin/find-java"));
        Script.write(home.resolve("bin/find-memory"), "echo 99999999999");
        for (String jar : List.of("lib/b.jar", "lib/B.jar", "lib/a.jar", "plugins/a.jar", "plugins/README.md")) {
            Files.createDirectories(home.resolve(jar).getParent());
            Files.createFile(home.resolve(jar));
        }
        script = launching(Script.copy("server/src/dist/bin/signalbox", home.resolve("bin/signalbox")));
    }

    private Script launching(Path file) throws IOException {
        return new Script(file, folder).with("JAVA_HOME", Script.jdk(folder.resolve("jdk"), "21"));
    }

    @Test
    void writes_the_class_path_out_in_a_fixed_order_with_plugins_last() throws Exception {
        String expected = Stream.of("lib/B.jar", "lib/a.jar", "lib/b.jar", "plugins/a.jar")
                .map(jar -> home.resolve(jar).toString())
                .reduce((left, right) -> left + ":" + right)
                .orElseThrow();

        assertThat(Script.lines(script.run().out())).containsSequence("-cp", expected, "dev.signalbox.server.Main");
    }

    @Test
    void passes_its_arguments_on_as_they_are() throws Exception {
        assertThat(Script.lines(script.run("explain", "a  b", "*", "").out()))
                .endsWith("dev.signalbox.server.Main", "explain", "a  b", "*", "");
    }

    @Test
    void lets_its_options_be_overridden() throws Exception {
        assertThat(options("-XX:NewRatio=3 -Da=b"))
                .containsSubsequence("-Xmx512m", "-Xlog:disable", "-XX:+UseSerialGC", "-XX:NewRatio=3", "-Da=b", "-cp");
    }

    @Test
    void leaves_the_choice_of_another_collector_alone() throws Exception {
        assertThat(options("-XX:+UseZGC -Da=b")).contains("-XX:+UseZGC").doesNotContain("-XX:+UseSerialGC");
        assertThat(options("-Da=b -XX:+UseZGC")).contains("-XX:+UseZGC").doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void leaves_a_heap_that_was_said_anywhere_alone() throws Exception {
        assertThat(options("-Xmx2g")).contains("-Xmx2g").doesNotContain("-Xmx512m");
        assertThat(options("-XX:MaxRAMPercentage=70")).doesNotContain("-Xmx512m");
        script.with("JAVA_TOOL_OPTIONS", "-XX:MaxRAMPercentage=70");
        assertThat(options("")).doesNotContain("-Xmx512m");
    }

    @Test
    void takes_half_of_the_memory_where_a_container_has_little() throws Exception {
        Script.write(home.resolve("bin/find-memory"), "echo 268435456");
        assertThat(options("")).contains("-XX:MaxRAMPercentage=50").doesNotContain("-Xmx512m");
    }

    @Test
    void gives_what_is_young_its_share_of_the_usual_heap_and_of_no_other() throws Exception {
        assertThat(options("")).contains("-Xmx512m", "-Xmn88m", "-XX:SurvivorRatio=8", "-XX:+ExitOnOutOfMemoryError");
        assertThat(options("-Xmx2g")).noneMatch(option -> option.startsWith("-Xmn"));
        Script.write(home.resolve("bin/find-memory"), "echo 268435456");
        assertThat(options("")).noneMatch(option -> option.startsWith("-Xmn"));
    }

    @Test
    void takes_small_object_headers_of_a_java_that_has_them() throws Exception {
        for (String with : List.of("25", "25.0.3", "26-ea", "31")) {
            script.with("JAVA_HOME", Script.jdk(folder.resolve("jdk-" + with), with));
            assertThat(options(""))
                    .as(with)
                    .contains("-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED");
        }
        for (String without : List.of("21", "21.0.9", "24")) {
            script.with("JAVA_HOME", Script.jdk(folder.resolve("jdk-" + without), without));
            assertThat(options(""))
                    .as(without)
                    .doesNotContain("-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED");
        }
    }

    @Test
    void keeps_what_may_be_deleted_where_it_was_told_to() throws Exception {
        Path cache = folder.resolve("my cache");
        Path user = folder.resolve("some user");
        script.with("HOME", user);
        assertThat(temporaryFolder()).contains(user.resolve(".cache/signalbox/tmp"));
        script.with("XDG_CACHE_HOME", cache);
        assertThat(temporaryFolder()).contains(cache.resolve("signalbox/tmp"));
        assertThat(temporaryFolder("--cache-dir", cache.toString())).contains(cache.resolve("tmp"));
        assertThat(temporaryFolder("--cache-dir=" + cache)).contains(cache.resolve("tmp"));
        assertThat(Files.getPosixFilePermissions(cache.resolve("tmp")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void keeps_nothing_where_nothing_can_be_kept() throws Exception {
        assertThat(temporaryFolder()).isEmpty();
        assertThat(temporaryFolder("--cache-dir", "/proc/nowhere")).isEmpty();
        Path file =
                Files.createFile(Files.createDirectories(folder.resolve("full")).resolve("tmp"));
        assertThat(temporaryFolder("--cache-dir=" + file.getParent())).isEmpty();
    }

    @Test
    void uses_a_cache_for_exactly_these_jars_and_options() throws Exception {
        script.with("XDG_CACHE_HOME", folder.resolve("my cache"));
        String named = named(options(""));
        assertThat(options("")).noneMatch(option -> option.startsWith("-XX:AOTCache"));

        Files.createFile(Path.of(named));
        assertThat(options("")).contains("-XX:AOTCache=" + named);
        assertThat(Script.lines(script.run("version", "--no-start-cache").out()))
                .noneMatch(option -> option.startsWith("-XX:AOTCache"))
                .noneMatch(option -> option.startsWith("-Dsignalbox.start-cache"));

        assertThat(named(options("-Da=b"))).isNotEqualTo(named);
        Files.writeString(home.resolve("plugins/a.jar"), "another plugin");
        assertThat(named(options(""))).isNotEqualTo(named);
        assertThat(options("")).noneMatch(option -> option.startsWith("-XX:AOTCache"));
        Files.writeString(home.resolve("plugins/a.jar"), "");
        Files.setLastModifiedTime(home.resolve("plugins/a.jar"), FileTime.fromMillis(1_000_000));
        assertThat(named(options(""))).isNotEqualTo(named);
    }

    @Test
    void takes_the_java_of_an_image() throws Exception {
        Script.jdk(home.resolve("runtime"), "30");
        Script.write(home.resolve("runtime/bin/java"), "echo that of the image");

        assertThat(script.run().out()).isEqualTo("that of the image\n");
    }

    @Test
    void is_found_through_links() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("sb"), Path.of("signal box/bin/signalbox"));

        assertThat(Script.lines(launching(link).run().out())).contains("-Dsignalbox.home=" + home);
    }

    private List<String> options(String given) throws Exception {
        Script.Result result = script.with("SIGNALBOX_JAVA_OPTS", given).run("version");
        assertThat(result.err()).isEmpty();
        return Script.lines(result.out());
    }

    private Optional<Path> temporaryFolder(String... more) throws Exception {
        String[] words = Stream.concat(Stream.of("version"), Stream.of(more)).toArray(String[]::new);
        Script.Result result = script.run(words);
        assertThat(result.err()).isEmpty();
        assertThat(Script.lines(result.out())).endsWith(words);
        return Script.lines(result.out()).stream()
                .filter(option -> option.startsWith("-Djava.io.tmpdir="))
                .map(option -> Path.of(option.substring(option.indexOf('=') + 1)))
                .findFirst();
    }

    private static String named(List<String> options) {
        return options.stream()
                .filter(option -> option.startsWith("-Dsignalbox.start-cache="))
                .findFirst()
                .orElseThrow()
                .replaceFirst("[^=]*=", "");
    }
}
