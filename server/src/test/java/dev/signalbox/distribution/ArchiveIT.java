package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchiveIT {

    @TempDir
    private Path folder;

    @Test
    void holds_nothing_of_when_where_and_by_whom_it_was_packed() throws Exception {
        List<String> entries = Script.lines(list("--full-time", "--numeric-owner", "-tvzf"));

        assertThat(entries)
                .hasSizeGreaterThan(50)
                .allSatisfy(entry -> assertThat(entry)
                        .matches("(drwxr-xr-x|-rwxr-xr-x|-rw-r--r--) 0/0 +\\d+ 2026-11-01 00:00:00 signalbox-.*"));
    }

    @Test
    void has_what_the_guide_says() throws Exception {
        assertThat(Script.lines(list("-tzf")).stream().map(entry -> entry.replaceFirst("^signalbox-[^/]*/", "")))
                .contains(
                        "bin/signalbox",
                        "bin/find-java",
                        "bin/find-memory",
                        "conf/signalbox.yaml",
                        "plugins/README.md",
                        "LICENSE")
                .anyMatch(entry -> entry.startsWith("lib/server-"))
                .noneMatch(entry -> entry.contains("junit"));
    }

    private String list(String... options) throws Exception {
        String archive = Distribution.packed().toAbsolutePath() + ".tar.gz";
        Script.Result result = new Script(Path.of("/bin/tar"), folder)
                .with("TZ", "UTC")
                .run(Stream.concat(Stream.of(options), Stream.of(archive)).toArray(String[]::new));
        assertThat(result.status()).as(result.err()).isZero();
        return result.out();
    }
}
