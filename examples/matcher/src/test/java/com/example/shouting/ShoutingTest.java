package com.example.shouting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.Comparison;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.FactoryContract;
import dev.signalbox.testkit.MatcherContract;
import dev.signalbox.testkit.TestContext;
import dev.signalbox.testkit.TestRequest;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ShoutingTest {

    private static final PluginConfig HALF = PluginConfig.of(List.of(ShoutingFactory.SHARE), Where.code("test"))
            .with(ShoutingFactory.SHARE, new Comparison(Comparison.Operator.AT_LEAST, 0.5));

    @Test
    void tells_capitals_from_small_letters() {
        assertThat(made().matches(TestRequest.saying("HELP me"))).isTrue();
        assertThat(made().matches(TestRequest.saying("Help me"))).isFalse();
        assertThat(made().seen(TestRequest.saying("1 + 1"))).isEqualTo("0.00");
    }

    /** What every matcher promises. */
    @Nested
    class TheMatcher extends MatcherContract {

        @Override
        protected Matcher matcher() {
            return made();
        }
    }

    /** What every factory promises. */
    @Nested
    class TheFactory extends FactoryContract {

        @Override
        protected PluginFactory<?> factory() {
            return new ShoutingFactory();
        }

        @Override
        protected PluginConfig config() {
            return HALF;
        }
    }

    private static Matcher made() {
        return new ShoutingFactory().create(HALF, TestContext.named("shouting"));
    }
}
