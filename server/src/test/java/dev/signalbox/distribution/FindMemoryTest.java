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

@DisplayNameGeneration(ReplaceUnderscores.class)
class FindMemoryTest {

    @TempDir
    private Path folder;

    private Script script;

    @BeforeEach
    void find_memory() throws IOException {
        script = new Script(Script.copy("server/src/dist/bin/find-memory", folder.resolve("a b/find-memory")), folder);
        file("proc/meminfo", "MemTotal:        2000 kB\nMemFree:         1 kB\n");
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve("root").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String found() throws Exception {
        Script.Result result = script.run(folder.resolve("root").toString());
        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        return result.out().strip();
    }

    @Test
    void is_the_machines_where_nothing_limits() throws Exception {
        assertThat(found()).isEqualTo("2048000");
    }

    @Test
    void is_the_containers_if_it_has_a_limit() throws Exception {
        file("proc/self/cgroup", "0::/\n");
        file("sys/fs/cgroup/memory.max", "1000000\n");
        assertThat(found()).isEqualTo("1000000");
    }

    @Test
    void is_the_least_that_a_group_above_allows() throws Exception {
        file("proc/self/cgroup", "0::/system.slice/signalbox.service\n");
        file("sys/fs/cgroup/system.slice/signalbox.service/memory.max", "max\n");
        file("sys/fs/cgroup/system.slice/memory.max", "700000\n");
        assertThat(found()).isEqualTo("700000");
    }

    @Test
    void is_found_in_groups_of_the_older_kind_whose_path_is_the_hosts() throws Exception {
        file("proc/self/cgroup", "9:name=systemd:/docker/ab\n8:cpu,memory:/docker/ab\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "600000\n");
        assertThat(found()).isEqualTo("600000");
    }

    @Test
    void no_limit_of_the_older_kind_is_a_very_large_one() throws Exception {
        file("proc/self/cgroup", "8:memory:/\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        assertThat(found()).isEqualTo("2048000");
    }

    @Test
    void is_nothing_where_nobody_tells() throws Exception {
        Files.delete(folder.resolve("root/proc/meminfo"));
        assertThat(found()).isEmpty();
    }
}
