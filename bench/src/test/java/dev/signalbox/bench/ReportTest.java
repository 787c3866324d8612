package dev.signalbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReportTest {
    private static final Row GOOD = new Row("CPU, µs", "", "11.8", "23.7", "2.01x", "≤ 4x", Row.Verdict.of(true));
    private static final Row BAD = new Row("CPU, µs", "", "11.8", "76.4", "6.47x", "≤ 4x", Row.Verdict.of(false));

    @Test
    void is_a_table_and_what_it_was_measured_on() {
        assertThat(report(GOOD, BAD).markdown()).isEqualTo("""
                        | | direct | nginx | Signalbox | compared | target | |
                        |---|--:|--:|--:|--:|--:|---|
                        | CPU, µs |  | 11.8 | 23.7 | 2.01x | ≤ 4x | pass |
                        | CPU, µs |  | 11.8 | 76.4 | 6.47x | ≤ 4x | **fail** |

                        * 2 cores
                        """);
    }

    @Test
    void has_passed_if_no_line_has_failed() {
        assertThat(report(GOOD).passed()).isTrue();
        assertThat(report(GOOD, BAD).passed()).isFalse();
    }

    @Test
    void replaces_what_stands_between_the_markers() {
        String page = "before\n\n" + Report.BEGIN + "\n\nold\n\n" + Report.END + "\n\nafter\n";
        Report report = report(GOOD);
        String written = report.into(page);
        assertThat(written)
                .startsWith("before\n\n" + Report.BEGIN + "\n\n| | direct")
                .endsWith("* 2 cores\n\n" + Report.END + "\n\nafter\n")
                .doesNotContain("old");
        assertThat(report.into(written)).isEqualTo(written);
    }

    @Test
    void refuses_a_page_without_markers() {
        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(() -> report(GOOD).into("before " + Report.END + " after " + Report.BEGIN))
                .withMessageContaining(Report.BEGIN);
    }

    private static Report report(Row... rows) {
        return new Report("Signalbox", List.of("2 cores"), List.of(rows));
    }
}
