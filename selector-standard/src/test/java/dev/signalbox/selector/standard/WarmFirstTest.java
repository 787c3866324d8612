package dev.signalbox.selector.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Selector;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.TestAttempt;
import dev.signalbox.testkit.TestHost;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WarmFirstTest {

    private static final long GIB = 1L << 30;

    private final WarmFirstFactory factory = new WarmFirstFactory();
    private final Selector selector = Pools.selector(factory);

    @Test
    void where_the_model_is_loaded_comes_first_and_where_it_is_not_last() {
        assertThat(Pools.order(selector, cold("a"), at("b"), warm("c"), cold("d"), warm("e")))
                .isEqualTo("c e b a d");
    }

    @Test
    void of_cold_ones_that_with_most_free_memory_comes_first() {
        TestHost desk = TestHost.of("desk", "a").using(40 * GIB);
        TestHost shelf = TestHost.of("shelf", "b").using(0);

        assertThat(Pools.order(
                        selector,
                        cold("a").with(memory(64)).among(desk, shelf),
                        cold("b").with(memory(32)).among(desk, shelf),
                        cold("c").among(desk, shelf)))
                .isEqualTo("b a c");
        assertThat(Pools.order(
                        selector,
                        cold("a").with(memory(80)).among(desk, shelf),
                        cold("b").with(memory(32)).among(desk, shelf)))
                .isEqualTo("a b");
    }

    @Test
    void what_shares_a_machine_shares_its_memory() {
        TestHost shared = TestHost.of("desk", "a", "b").using(60 * GIB);
        TestHost own = TestHost.of("shelf", "c").using(GIB);

        assertThat(Pools.order(
                        selector,
                        cold("a").with(memory(64)).among(shared, own),
                        cold("b").with(memory(64)).among(shared, own),
                        cold("c").with(memory(8)).among(shared, own)))
                .isEqualTo("c a b");
    }

    @Test
    void a_loaded_model_beats_any_amount_of_memory() {
        assertThat(Pools.order(selector, cold("a").with(memory(512)), warm("b").with(memory(1))))
                .isEqualTo("b a");
    }

    @Test
    void a_model_that_is_loading_is_not_warm_yet() {
        assertThat(Pools.order(selector, warm("a").in(BackendState.LOADING), cold("b"), warm("c")))
                .isEqualTo("c a b");
    }

    @Test
    void what_a_server_had_loaded_when_it_went_down_is_not_warm() {
        assertThat(Pools.order(selector, warm("a").in(BackendState.DOWN), cold("b")))
                .isEqualTo("b a");
    }

    private static TestAttempt at(String backend) {
        return TestAttempt.at(backend + "/m");
    }

    private static TestAttempt warm(String backend) {
        return at(backend).knowing(ModelInfo.named("m").withLoaded(true));
    }

    private static TestAttempt cold(String backend) {
        return at(backend).knowing(ModelInfo.named("m").withLoaded(false));
    }

    @SuppressWarnings("unchecked") // the one entry option there is
    private PluginConfig memory(long gib) {
        List<Option<?>> options = factory.entryOptions();
        Option<Optional<Long>> memory = (Option<Optional<Long>>) options.getFirst();
        return PluginConfig.of(options, Where.code("test")).withPresent(memory, gib * GIB);
    }
}
