package dev.signalbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProcFilesTest {
    private static final String STATUS = """
            Name:	nginx
            VmPeak:	   62364 kB
            VmHWM:	   12288 kB
            VmRSS:	    9216 kB
            Threads:	1
            """;

    @Test
    void adds_user_and_system_time_in_hundredths_of_a_second() {
        String stat = "4711 (nginx) S 1 4711 4711 0 -1 4194560 1000 0 0 0 123 77 5 6 20 0 1 0 100 0 0\n";
        assertThat(ProcFiles.processorTime(stat)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void a_name_may_hold_spaces_and_parentheses() {
        String stat = "4711 (a (b) c) S 1 4711 4711 0 -1 4194560 1000 0 0 0 1 2 5 6 20 0 1 0 100 0 0\n";
        assertThat(ProcFiles.processorTime(stat)).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void knows_the_compilers_of_a_jvm_among_its_threads() {
        assertThat(ProcFiles.isCompiler("4720 (C2 CompilerThre) S 1 4711")).isTrue();
        assertThat(ProcFiles.isCompiler("4721 (C1 CompilerThre) S 1 4711")).isTrue();
        assertThat(ProcFiles.isCompiler("4722 (VM Thread) S 1 4711")).isFalse();
        assertThat(ProcFiles.isCompiler("4711 (nginx) S 1 4711")).isFalse();
        assertThat(ProcFiles.isCompiler("")).isFalse();
    }

    @Test
    void refuses_what_is_not_such_a_file() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProcFiles.processorTime("4711 nginx"))
                .withMessageContaining("\"4711 nginx\"");
    }

    @Test
    void tells_sizes_in_bytes() {
        assertThat(ProcFiles.bytes(STATUS, "VmRSS")).isEqualTo(9 << 20);
        assertThat(ProcFiles.bytes(STATUS, "VmHWM")).isEqualTo(12 << 20);
    }

    @Test
    void a_line_that_is_missing_is_zero() {
        assertThat(ProcFiles.bytes(STATUS, "VmSwap")).isZero();
    }
}
