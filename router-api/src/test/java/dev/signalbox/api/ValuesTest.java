package dev.signalbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ValuesTest {

    @Test
    void a_target_is_split_at_the_first_slash() {
        assertThat(Target.of("gpu/org/model:8b")).isEqualTo(new Target("gpu", "org/model:8b"));
        assertThat(Target.of("gpu/org/model:8b")).hasToString("gpu/org/model:8b");
        for (String wrong : List.of("gpu", "/m", "gpu/", "")) {
            assertThatThrownBy(() -> Target.of(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void headers_compare_names_without_case_and_keep_their_order() {
        Headers headers = Headers.of("A", "1", "b", "2").and("a", "3");
        assertThat(headers.all("A")).containsExactly("1", "3");
        assertThat(headers.first("B")).contains("2");
        assertThat(headers.with("a", "4").all("A")).containsExactly("4");
        assertThat(headers.without("A").first("a")).isEmpty();
    }

    @Test
    void a_header_cannot_smuggle_another_one_and_shows_no_values() {
        assertThatThrownBy(() -> Headers.of("X", "1\r\nY: 2")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Headers.of("Authorization", "Bearer sk-secret")).asString().doesNotContain("sk-secret");
    }

    @Test
    void a_request_made_of_text_is_valid_json_whatever_the_text() throws Exception {
        RouteRequest request = RouteRequest.chat("a\"b", "line\n\"quoted\" \\ \u0001 \uD83D\uDE00 é");
        try (var in = request.body().open()) {
            assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("{\"model\":\"a\\\"b\",\"messages\":[{\"role\":\"user\",\"content\":"
                            + "\"line\\n\\\"quoted\\\" \\\\ \\u0001 \\ud83d\\ude00 é\"}]}");
        }
    }

    @Test
    void a_deadline_ends_on_the_clock_it_was_made_with() {
        AtomicLong ticks = new AtomicLong(Long.MAX_VALUE - 10);
        Deadline deadline = Deadline.after(Duration.ofNanos(100), ticks::get);
        ticks.addAndGet(99); // past the end of the number line, as nanoTime may be
        assertThat(deadline.expired()).isFalse();
        assertThat(deadline.remainingNanos()).isEqualTo(1);
        ticks.addAndGet(1);
        assertThat(deadline.expired()).isTrue();
        assertThat(deadline.within(Duration.ofDays(1)).expired()).isTrue();
        assertThat(Deadline.never().within(Duration.ZERO).expired()).isTrue();
    }

    @Test
    void cancelling_runs_each_action_once_also_those_that_come_late() {
        Cancellation cancellation = Cancellation.create();
        List<String> heard = new ArrayList<>();
        cancellation.onCancel(() -> heard.add("first"));
        cancellation.onCancel(() -> heard.add("forgotten")).close();
        cancellation.onCancel(() -> {
            throw new IllegalStateException("on purpose");
        });
        cancellation.onCancel(() -> {
            throw new StackOverflowError("on purpose too");
        });
        cancellation.onCancel(() -> heard.add("last"));
        cancellation.cancel();
        cancellation.cancel();
        cancellation.onCancel(() -> heard.add("late"));
        assertThat(heard).containsExactly("first", "last", "late");
        assertThat(cancellation.cancelled()).isTrue();
    }

    @Test
    void what_is_said_of_a_model_beats_what_is_only_known() {
        ModelInfo said = ModelInfo.named("m").with(Capability.TOOLS, Support.YES);
        ModelInfo known = ModelInfo.named("m")
                .with(Capability.TOOLS, Support.NO)
                .with(Capability.VISION, Support.NO)
                .withContext(4096);
        ModelInfo both = said.orElse(known);
        assertThat(both.support(Capability.TOOLS)).isEqualTo(Support.YES);
        assertThat(both.support(Capability.VISION)).isEqualTo(Support.NO);
        assertThat(both.support(Capability.AUDIO)).isEqualTo(Support.UNKNOWN);
        assertThat(both.contextTokens()).isEqualTo(OptionalLong.of(4096));
    }

    @Test
    void loading_a_rejected_request_and_a_defect_never_fall_back() {
        assertThat(FailureKind.values())
                .filteredOn(kind -> !kind.mayFallBack())
                .containsExactlyInAnyOrder(FailureKind.LOADING, FailureKind.REJECTED, FailureKind.DEFECT);
        assertThat(FailureKind.fallBackByDefault())
                .doesNotContain(FailureKind.UNAUTHORIZED)
                .hasSize(9);
    }
}
