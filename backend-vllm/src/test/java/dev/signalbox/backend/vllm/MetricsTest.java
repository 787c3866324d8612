package dev.signalbox.backend.vllm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.LoadSignal;
import dev.signalbox.spi.LoadSignal.Load;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedVllm;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How busy a vLLM says it is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MetricsTest {

    private static final String IDLE = """
            vllm:num_requests_running 0.0
            vllm:num_requests_waiting 0.0
            """;

    @Test
    void asks_the_server() throws Exception {
        try (ScriptedVllm vllm = ScriptedVllm.start().busy(7, 0.75);
                Backend backend = Backends.at(vllm.uri())) {
            LoadSignal signal = backend.ability(LoadSignal.class).orElseThrow();

            assertThat(signal.load(soon())).isEqualTo(new Load(0, 7, OptionalDouble.of(0.75)));

            vllm.measuringAsOnce();
            assertThat(signal.load(soon())).isEqualTo(new Load(0, 7, OptionalDouble.of(0.75)));

            vllm.server().on("/metrics", Reply.status(404));
            assertThat(catchThrowableOfType(BackendException.class, () -> signal.load(soon())))
                    .isNotNull();
        }
    }

    @Test
    void adds_up_the_engines_and_takes_the_mean_of_their_caches() throws Exception {
        Load load = Metrics.read("""
                # TYPE vllm:num_requests_running gauge
                vllm:num_requests_running{engine="0",model_name="m"} 3.0
                vllm:num_requests_running{engine="1",model_name="m"} 1e+01
                vllm:num_requests_waiting{engine="0",model_name="m"} 0.0
                vllm:num_requests_waiting{engine="1",model_name="m"} 2 1787000000000
                vllm:num_requests_waiting_by_reason{engine="1",model_name="m",reason="capacity"} 2.0
                vllm:kv_cache_usage_perc{engine="0",model_name="m"} 0.5
                vllm:kv_cache_usage_perc{engine="1",model_name="m"} 1
                """);

        assertThat(load).isEqualTo(new Load(13, 2, OptionalDouble.of(0.75)));
    }

    @Test
    void reads_the_newer_name_where_both_are_there() throws Exception {
        assertThat(Metrics.read(IDLE + "vllm:gpu_cache_usage_perc 0.9\nvllm:kv_cache_usage_perc 0.1\n")
                        .cacheUsage())
                .hasValue(0.1);
        assertThat(Metrics.read(IDLE).cacheUsage()).isEmpty();
    }

    @Test
    void labels_may_hold_anything() throws Exception {
        Load load = Metrics.read("""
                vllm:num_requests_running{model_name="a} 9 \\" vllm:num_requests_running 8",x="\\\\"} 1.0
                vllm:num_requests_waiting{} 0
                """);

        assertThat(load.running()).isEqualTo(1);
    }

    @Test
    void what_is_not_looked_for_may_be_anything() throws Exception {
        Load load = Metrics.read(IDLE + """
                vllm:num_requests_running_total NaN
                vllm:prompt_tokens_total{ nonsense
                # vllm:num_requests_running 9
                 vllm:num_requests_running 9
                ünï 1

                process_open_fds +Inf
                """);

        assertThat(load).isEqualTo(new Load(0, 0, OptionalDouble.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vllm:num_requests_running",
                "vllm:num_requests_running ",
                "vllm:num_requests_running 1 2 3",
                "vllm:num_requests_running 1 soon",
                "vllm:num_requests_running -1",
                "vllm:num_requests_running NaN",
                "vllm:num_requests_running +Inf",
                "vllm:num_requests_running 1e999",
                "vllm:num_requests_running 4294967296",
                "vllm:num_requests_running 0x1p3",
                "vllm:num_requests_running 1f",
                "vllm:num_requests_running 1,5",
                "vllm:num_requests_running+1",
                "vllm:num_requests_running{a=\"b} 1",
                "vllm:num_requests_running{a=\"b\" 1",
                "vllm:num_requests_running{a=\"b\"}1",
                "vllm:kv_cache_usage_perc 45.0",
                "vllm:gpu_cache_usage_perc -0.1"
            })
    void what_is_looked_for_has_to_make_sense(String line) {
        assertBroken(IDLE + line + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html></html>",
                "{}",
                "vllm:num_requests_running 1.0\n",
                "vllm:num_requests_waiting 1.0\n",
                "llamacpp:requests_processing 1\n"
            })
    void a_page_without_the_numbers_is_no_page_of_vllm(String page) {
        assertBroken(page);
    }

    @Test
    void a_page_without_end_is_not_read() {
        assertBroken(IDLE + "# x\n".repeat(1_100_000));
    }

    @Test
    void many_engines_are_not_fewer_than_none() throws Exception {
        String many = "vllm:num_requests_running 2147483647\n".repeat(3) + "vllm:num_requests_waiting 0\n";

        assertThat(Metrics.read(many).running()).isEqualTo(Integer.MAX_VALUE);
    }

    private static void assertBroken(String page) {
        assertThat(catchThrowableOfType(BackendException.class, () -> Metrics.read(page)))
                .isNotNull()
                .hasMessageContaining("/metrics")
                .extracting(BackendException::kind)
                .isEqualTo(FailureKind.BROKEN_REPLY);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
