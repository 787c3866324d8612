package dev.signalbox.guard.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.Failure;
import dev.signalbox.testkit.ScriptedHost;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What operators see of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MemoryReportTest extends DeskFixture {

    @Test
    void who_waits_for_which_model_is_told() throws Exception {
        residents.ready("box/coder");
        host.waits(CODER, 1);
        host.waits(ARCHITECT, 3);

        assertThat(Reports.list(desk(), "waiting"))
                .as("what waits for what is there waits for a place, not for memory")
                .containsExactly(Map.of("target", "box/architect", "bytes", 52L, "requests", 3));
    }

    @Test
    void everything_of_a_machine_is_told() throws Exception {
        residents = new Residents(host, 64, 4, config -> config.with(HostOptions.PIN, List.of(REVIEWER)));
        residents.serve("box/reviewer");
        residents.ready("box/coder");
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("host", "desk");
        expected.put("capacity_bytes", 64L);
        expected.put("free_bytes", 32L);
        expected.put("capacity_source", "configured");
        expected.put("reserve_bytes", 4L);
        expected.put("counted", true);
        expected.put("loads", 2);
        expected.put("unloads", 0);
        expected.put("waiting", List.of());

        assertThat(desk()).containsAllEntriesOf(expected).doesNotContainKey("now");
        assertThat(desk().keySet()).containsAll(expected.keySet()).hasSize(expected.size() + 1);
    }

    @Test
    void what_the_first_look_at_a_server_has_found_is_told() throws Exception {
        host.othersLoad(CODER);
        residents.probe();

        assertThat(Reports.list(desk(), "residents"))
                .extracting(each -> each.get("target"))
                .containsExactly("box/coder");
    }

    @Test
    void what_is_said_of_a_model_counts_from_the_first_look_that_has_found_it() throws Exception {
        residents.probe();
        host.model("box/late", 5, ModelInfo.named("late").withMemory(9));
        host.othersLoad(Target.of("box/late"));
        residents.probe();

        assertThat(Reports.list(desk(), "residents"))
                .extracting(each -> each.get("bytes"))
                .containsExactly(9L);
    }

    @Test
    void everything_of_a_loaded_model_is_told() throws Exception {
        residents = new Residents(host, 64, 4, config -> config.with(HostOptions.PIN, List.of(REVIEWER)));
        residents.serve("box/reviewer");
        residents.ready("box/coder");

        Map<String, Object> coder = new LinkedHashMap<>();
        coder.put("target", "box/coder");
        coder.put("state", "there");
        coder.put("bytes", 19L);
        coder.put("source", "configured");
        coder.put("context", ScriptedHost.USUAL_CONTEXT);
        coder.put("since", "2026-01-01T12:00:01Z");
        coder.put("last_use", "2026-01-01T12:00:01Z");
        coder.put("promised_bytes", 0L);
        coder.put("in_flight", 1);
        coder.put("pinned", false);
        Map<String, Object> reviewer = new LinkedHashMap<>(coder);
        reviewer.putAll(Map.of("target", "box/reviewer", "bytes", 9L, "in_flight", 0, "pinned", true));
        reviewer.putAll(Map.of("since", "2026-01-01T12:00:00Z", "last_use", "2026-01-01T12:00:00Z"));
        assertThat(Reports.residents(residents)).containsExactly(coder, reviewer);
    }

    @Test
    void what_a_server_has_that_does_not_tell_is_told_as_it_counts() throws Exception {
        host.swapper("silent").model("silent/chat", 30);
        host.waits(Target.of("silent/chat"), 1);
        residents.serve("box/coder");

        assertThat(Reports.residents(residents))
                .hasSize(2)
                .last()
                .satisfies(chat -> assertThat(chat)
                        .isEqualTo(Map.of(
                                "target",
                                "silent/chat",
                                "state",
                                "assumed",
                                "bytes",
                                30L,
                                "source",
                                "configured",
                                "in_flight",
                                0,
                                "pinned",
                                false)));
        assertThat(desk()).containsEntry("free_bytes", 64L - 4 - 30 - 19);
    }

    @Test
    void what_is_going_on_is_told() throws Exception {
        Admission.Granted architect = residents.ask("box/architect");

        assertThat(desk()).containsEntry("now", "box/architect is being made ready on desk");
        assertThat(Reports.residents(residents))
                .singleElement()
                .satisfies(resident -> assertThat(resident).containsEntry("state", "coming"));
        residents.prepare(architect);
        assertThat(desk()).doesNotContainKey("now");
    }

    @Test
    void what_cools_down_is_told() {
        residents
                .ask("box/coder")
                .lease()
                .end(residents
                        .at("box/coder", 10)
                        .report(
                                AttemptReport.Phase.ENDED,
                                new AttemptReport.Outcome.Failed(
                                        Failure.of(FailureKind.OUT_OF_MEMORY, "out of memory"))));
        residents.pass(Duration.ofSeconds(20));

        assertThat(Reports.list(report(), "cool_downs"))
                .containsExactly(Map.of("who", "box/coder", "seconds_left", 100L, "from_tokens", 0L, "times", 1));
    }

    @Test
    void a_machine_that_is_not_named_is_told_with_the_reason() {
        residents = new Residents(host, "elsewhere", 64, 4);
        residents.judges("box/coder");

        assertThat(Reports.list(report(), "hosts")).isEmpty();
        assertThat(Reports.list(report(), "not_counted"))
                .containsExactly(Map.of("host", "desk", "why", "it is not named under `hosts`"));
    }
}
