package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.signalbox.distribution.Dockerfile.Instruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container and the unit of systemd, as far as they can be judged without running them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PackagingTest {

    private static final Path PACKAGING = Path.of("../packaging");
    private static final Pattern SECRET = Pattern.compile("(?i)(key|token|password|secret)\\s*[=:]|sk-[a-z0-9]{8}");

    @TempDir
    private Path folder;

    private Dockerfile dockerfile;

    @BeforeEach
    void read() throws IOException {
        dockerfile = Dockerfile.read();
    }

    @Test
    void the_container_stands_on_one_release_of_a_java_and_not_on_whatever_is_the_latest() throws Exception {
        assertThat(dockerfile.only("FROM").rest()).matches("[a-z./-]+:\\d+\\.\\d+\\.\\d+_\\d+-.+");
    }

    @Test
    void the_container_runs_as_nobody_special_from_before_its_first_start() throws Exception {
        List<Instruction> all = dockerfile.instructions();
        assertThat(dockerfile.only("USER").rest()).matches("[1-9]\\d+:[1-9]\\d+");
        int user = dockerfile.indexOf("USER");
        assertThat(user).isLessThan(dockerfile.indexOf("ENTRYPOINT"));
        assertThat(all.subList(user, all.size()))
                .noneMatch(
                        each -> each.rest().contains("install") || each.name().equals("ADD"));
    }

    @Test
    void signals_reach_the_server_and_not_a_shell_around_it() throws Exception {
        assertThat(dockerfile.only("ENTRYPOINT").rest()).isEqualTo("[\"/opt/signalbox/bin/signalbox\"]");
        assertThat(dockerfile.only("CMD").rest()).isEqualTo("[\"serve\"]");
        assertThat(dockerfile.only("STOPSIGNAL").rest()).isEqualTo("SIGTERM");
        assertThat(Files.readString(Path.of("src/dist/bin/signalbox"))).contains("\nexec \"$java_home/bin/java\" ");
    }

    @Test
    void the_container_takes_in_nothing_but_the_archive() throws Exception {
        assertThat(dockerfile.only("ADD").rest()).startsWith("server/target/signalbox-*.tar.gz ");
        assertThat(dockerfile.all("COPY")).isEmpty();
        assertThat(Files.readAllLines(PACKAGING.resolve("Dockerfile.dockerignore")))
                .containsExactly("*", "!server/target/signalbox-*.tar.gz");
    }

    /** What is made in the image while it is built is what its server looks for. */
    @Test
    void the_container_has_two_folders_it_may_write_into_and_the_cache_of_its_start_in_one() throws Exception {
        String environment = dockerfile.only("ENV").rest();
        String cache = environment.replaceFirst(".*XDG_CACHE_HOME=(\\S+).*", "$1/signalbox");
        String state = environment.replaceFirst(".*XDG_STATE_HOME=(\\S+).*", "$1/signalbox");
        assertThat(dockerfile.all("RUN").getFirst())
                .contains("install -d -o 10001 -g 10001 -m 0750 " + cache + " " + state);
        Instruction warmUp = new Instruction("RUN", "[\"/opt/signalbox/bin/signalbox\", \"warm-up\"]");
        assertThat(dockerfile.instructions().indexOf(warmUp)).isGreaterThan(dockerfile.indexOf("ENV"));
    }

    @Test
    void nothing_there_is_a_secret_or_asks_for_one_to_be_built_in() throws Exception {
        try (Stream<Path> files = Files.list(PACKAGING)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file)).as("%s", file).doesNotContainPattern(SECRET);
            }
        }
        assertThat(dockerfile.all("ARG")).isEmpty();
    }

    @Test
    void systemd_understands_every_line_of_the_unit_and_finds_it_safe() throws Exception {
        Path program = Path.of("/usr/bin/systemd-analyze");
        assumeThat(program).exists();
        Path unit = Files.writeString(
                folder.resolve("signalbox.service"),
                Files.readString(unit()).replace("/opt/signalbox/bin/signalbox", "/bin/true"));

        Script.Result verified = new Script(program, folder).run("verify", unit.toString());
        assertThat(verified.err() + verified.out()).doesNotContain("signalbox.service");
        assertThat(verified.status()).isZero();

        Script.Result judged =
                new Script(program, folder).run("security", "--offline=true", "--threshold=20", unit.toString());
        assertThat(judged.status()).as(judged.out()).isZero();
    }

    @Test
    void the_unit_lets_the_server_write_into_its_cache_and_its_state_and_nowhere_else() throws Exception {
        assertThat(Files.readAllLines(unit()))
                .contains("ProtectSystem=strict", "ProtectHome=yes", "CacheDirectory=signalbox", "DynamicUser=yes")
                .contains("StateDirectory=signalbox")
                .contains("ExecStart=/opt/signalbox/bin/signalbox serve --cache-dir=%C/signalbox"
                        + " --state-dir=%S/signalbox")
                .noneMatch(line -> line.startsWith("ReadWritePaths="))
                .noneMatch(line -> line.startsWith("User=root"));
    }

    private static Path unit() {
        return PACKAGING.resolve("signalbox.service");
    }
}
