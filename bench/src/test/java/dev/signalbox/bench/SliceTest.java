package dev.signalbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SliceTest {

    @Test
    void tells_what_one_request_cost() {
        Slice slice = slice(1_000, Duration.ofMillis(20), 0);
        assertThat(slice.processorMicros()).isEqualTo(20);
        assertThat(slice.requestsPerSecond()).isEqualTo(500);
    }

    @Test
    void tells_no_cost_where_the_processes_are_not_known() {
        assertThat(slice(1_000, Duration.ZERO, 0).processorMicros()).isNaN();
    }

    @Test
    void the_median_is_the_middle_or_between_the_two_in_the_middle() {
        Slice one = slice(1, Duration.ZERO, 0);
        Slice two = slice(2, Duration.ZERO, 0);
        Slice nine = slice(9, Duration.ZERO, 0);
        assertThat(Slice.median(List.of(nine, one, two), Slice::requests)).isEqualTo(2);
        assertThat(Slice.median(List.of(nine, one), Slice::requests)).isEqualTo(5);
    }

    @Test
    void a_target_is_a_multiple_of_the_reference() {
        assertThat(verdict(4, 0)).isEqualTo(new Row.Verdict(false, "pass"));
        assertThat(verdict(1.9, 0)).isEqualTo(new Row.Verdict(true, "**fail**"));
    }

    @Test
    void a_wrong_reply_fails_whatever_the_numbers_say() {
        assertThat(verdict(4, 1)).isEqualTo(new Row.Verdict(true, "**fail**, 1 replies were wrong"));
    }

    @Test
    void nothing_is_judged_that_was_not_measured() {
        Slice blind = slice(100, Duration.ZERO, 0);
        Slice reference = slice(100, Duration.ofMillis(1), 0);
        Row row = Comparison.of(List.of(reference), List.of(blind), Slice::processorMicros)
                .row("CPU, µs", "%.1f", Optional.of(Target.atMost(4, "x")));
        assertThat(row.markdown()).isEqualTo("| CPU, µs |  | 10.0 | – | – | ≤ 4x |  |");
    }

    private static Row.Verdict verdict(double bound, long failures) {
        Slice reference = slice(100, Duration.ofMillis(1), 0);
        Slice measured = slice(100, Duration.ofMillis(2), failures);
        return Comparison.of(List.of(reference), List.of(measured), Slice::processorMicros)
                .row("CPU, µs", "%.1f", Optional.of(Target.atMost(bound, "x")))
                .verdict();
    }

    private static Slice slice(int requests, Duration processor, long failures) {
        Histogram latency = new Histogram();
        for (int i = 0; i < requests; i++) {
            latency.add(1_000);
        }
        Load.Result result = new Load.Result(latency, new Histogram(), failures, "");
        return new Slice(result, Duration.ofSeconds(2), processor, Duration.ZERO, Duration.ZERO);
    }
}
