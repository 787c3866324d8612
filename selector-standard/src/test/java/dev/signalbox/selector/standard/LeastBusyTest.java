package dev.signalbox.selector.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Target;
import dev.signalbox.spi.LoadSignal.Load;
import dev.signalbox.spi.Selector;
import dev.signalbox.testkit.TestAttempt;
import dev.signalbox.testkit.TestHost;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LeastBusyTest {

    private final Selector selector = Pools.selector(new LeastBusyFactory());

    @Test
    void the_fewest_requests_of_ours_come_first_and_equal_ones_stay() {
        assertThat(Pools.order(selector, at("a").busy(2, 0), at("b").busy(1, 0), at("c").busy(1, 9), at("d")))
                .isEqualTo("d b c a");
    }

    @Test
    void what_the_server_says_of_others_counts_too() {
        assertThat(Pools.order(selector, at("a").loaded(load(3, 0)), at("b").loaded(load(0, 2)), at("c").busy(1, 0)))
                .isEqualTo("c b a");
    }

    @Test
    void our_own_requests_are_not_counted_twice_because_the_server_reports_them() {
        assertThat(Pools.order(selector, at("a").busy(5, 0), at("b").busy(4, 0).loaded(load(4, 0))))
                .isEqualTo("b a");
    }

    @Test
    void requests_for_another_model_of_the_server_keep_it_busy() {
        TestHost host = TestHost.of("gpu", "a").answering(Map.of(Target.of("a/other"), 3));

        assertThat(Pools.order(selector, at("a").among(host), at("b").busy(2, 0).among(host)))
                .isEqualTo("b a");
    }

    @Test
    void a_server_of_weight_three_takes_three_times_as_many() {
        assertThat(Pools.order(selector, at("b").busy(1, 0), at("a").busy(4, 0).with(Pools.weight(3))))
                .isEqualTo("a b");
        assertThat(Pools.order(selector, at("b").busy(1, 0), at("a").busy(6, 0).with(Pools.weight(3))))
                .isEqualTo("b a");
    }

    @Test
    void a_server_that_is_down_is_not_idle() {
        assertThat(Pools.order(selector, at("a").in(BackendState.DOWN), at("b").busy(9, 9)))
                .isEqualTo("b a");
    }

    private static TestAttempt at(String backend) {
        return TestAttempt.at(backend + "/m");
    }

    private static Load load(int running, int waiting) {
        return new Load(running, waiting, OptionalDouble.empty());
    }
}
