package dev.signalbox.guard.memory.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the machine has for models that the router runs on. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ThisMachineTest {

    private static final String MEMINFO =
            "MemTotal: 32000 kB\nMemFree: 1000 kB\nMemAvailable:   24000 kB\nCached: 9 kB\n";

    @TempDir
    private Path root;

    private final Map<String, String> answers = new HashMap<>();

    @Test
    void what_is_available_counts_the_page_cache_as_free() throws Exception {
        write("proc/meminfo", MEMINFO);

        assertThat(measure()).contains(new Measured(24_000 * 1024, false, "MemAvailable"));
    }

    @Test
    void a_container_has_what_is_left_of_its_limit_and_its_cache_is_free() throws Exception {
        write("proc/meminfo", MEMINFO);
        write("sys/fs/cgroup/memory.max", "8000000\n");
        write("sys/fs/cgroup/memory.current", "3000000\n");
        write("sys/fs/cgroup/memory.stat", "anon 5\ninactive_file 1000000\nactive_file 7\n");

        assertThat(measure()).contains(new Measured(6_000_000, false, "the container's limit"));
    }

    @Test
    void a_container_without_a_limit_has_what_the_machine_has() throws Exception {
        write("proc/meminfo", MEMINFO);
        write("sys/fs/cgroup/memory.max", "max\n");
        write("sys/fs/cgroup/memory.current", "3000000\n");

        assertThat(measure()).contains(new Measured(24_000 * 1024, false, "MemAvailable"));
    }

    @Test
    void limits_of_the_older_kind_count_as_well_and_huge_ones_are_none() throws Exception {
        write("proc/meminfo", MEMINFO);
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9000000");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", "4000000");
        write("sys/fs/cgroup/memory/memory.stat", "total_inactive_file 500000\n");
        assertThat(measure()).contains(new Measured(5_500_000, false, "the container's limit"));

        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
        assertThat(measure()).contains(new Measured(24_000 * 1024, false, "MemAvailable"));
    }

    @Test
    void graphics_cards_come_first_all_of_them_together() throws Exception {
        write("proc/meminfo", MEMINFO);
        answers.put("nvidia-smi", "10240\n 2048 \n");

        assertThat(measure()).contains(new Measured(12_288L * 1024 * 1024, false, "nvidia-smi"));
    }

    @Test
    void cards_of_amd_have_what_their_own_tool_tells() throws Exception {
        write("proc/meminfo", MEMINFO);
        answers.put("rocm-smi", """
                ======================= ROCm System Management Interface =======================
                ============================= Memory Usage (Bytes) =============================
                GPU[0]\t\t: VRAM Total Memory (B): 34342961152
                GPU[0]\t\t: VRAM Total Used Memory (B): 7028736
                GPU[1]\t\t: VRAM Total Memory (B): 17163091968
                GPU[1]\t\t: VRAM Total Used Memory (B): 163091968
                ============================= End of ROCm SMI Log ==============================
                """);

        assertThat(measure()).contains(new Measured(34_342_961_152L - 7_028_736 + 17_000_000_000L, false, "rocm-smi"));
    }

    @Test
    void cards_of_both_makers_are_counted_together_and_never_those_of_one_alone() throws Exception {
        ThisMachine machine = machine();
        answers.put("nvidia-smi", "10240\n");
        answers.put("rocm-smi", """
                GPU[0]\t\t: VRAM Total Memory (B): 17163091968
                GPU[0]\t\t: VRAM Total Used Memory (B): 163091968
                """);
        Measured both = new Measured(10_240L * 1024 * 1024 + 17_000_000_000L, false, "nvidia-smi and rocm-smi");
        assertThat(machine.measure()).contains(both);

        String amd = answers.remove("rocm-smi");
        assertThat(machine.measure()).as("one does not tell for once").isEmpty();
        answers.put("rocm-smi", amd);
        assertThat(machine.measure()).contains(both);
    }

    @Test
    void a_little_that_a_processor_keeps_apart_is_no_card() throws Exception {
        write("proc/meminfo", MEMINFO);
        answers.put("rocm-smi", """
                GPU[0]\t\t: VRAM Total Memory (B): 536870912
                GPU[0]\t\t: VRAM Total Used Memory (B): 63091968
                """);

        assertThat(measure()).contains(new Measured(24_000 * 1024, false, "MemAvailable"));
    }

    @Test
    void a_tool_that_says_something_else_says_nothing() throws Exception {
        write("proc/meminfo", MEMINFO);
        answers.put("nvidia-smi", "NVIDIA-SMI has failed\n[N/A]\n");

        assertThat(measure()).contains(new Measured(24_000 * 1024, false, "MemAvailable"));
    }

    @Test
    void cards_that_are_full_have_nothing_whatever_the_machine_has() throws Exception {
        write("proc/meminfo", MEMINFO);
        answers.put("nvidia-smi", "0\n0\n");

        assertThat(measure()).contains(new Measured(0, false, "nvidia-smi"));
    }

    @Test
    void cards_that_do_not_tell_for_once_are_not_taken_for_the_memory_of_the_machine() throws Exception {
        write("proc/meminfo", MEMINFO);
        ThisMachine machine = machine();
        answers.put("nvidia-smi", "10240\n");
        assertThat(machine.measure()).isPresent();
        answers.clear();

        assertThat(machine.measure()).isEmpty();
        answers.put("nvidia-smi", "2048\n");
        assertThat(machine.measure()).contains(new Measured(2_048L * 1024 * 1024, false, "nvidia-smi"));
    }

    @Test
    void apple_silicon_shares_three_quarters_of_all() throws Exception {
        answers.put("sysctl -n hw.optional.arm64", "1\n");
        answers.put("sysctl -n hw.memsize", "68719476736\n");

        assertThat(measure()).contains(new Measured(51_539_607_552L, true, "three quarters of hw.memsize"));
    }

    @Test
    void a_machine_that_tells_nothing_is_not_guessed_at() throws Exception {
        assertThat(measure()).isEmpty();
    }

    @Test
    void what_is_loaded_belongs_to_what_models_can_have_where_only_the_rest_was_measured() {
        assertThat(new Measured(10, false, "free").capacity(7)).isEqualTo(17);
        assertThat(new Measured(10, true, "all").capacity(7)).isEqualTo(10);
    }

    @Test
    void programs_that_are_not_there_or_fail_say_nothing() throws Exception {
        Deadline soon = Deadline.after(Duration.ofSeconds(20));

        assertThat(Commands.REAL.run(List.of("surely-no-such-program"), soon)).isEmpty();
        assertThat(Commands.REAL.run(List.of("false"), soon)).isEmpty();
        assertThat(Commands.REAL.run(List.of("echo", "12"), soon)).contains("12\n");
    }

    @Test
    void a_program_that_does_not_end_is_ended() throws Exception {
        assertThat(Commands.REAL.run(List.of("sleep", "1000"), Deadline.after(Duration.ofMillis(100))))
                .isEmpty();
    }

    private Optional<Measured> measure() throws InterruptedException {
        return machine().measure();
    }

    private ThisMachine machine() {
        Commands scripted = (command, deadline) -> Optional.ofNullable(answers.get(command.getFirst()))
                .or(() -> Optional.ofNullable(answers.get(String.join(" ", command))));
        return new ThisMachine(scripted, root);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
