package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Comparison;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import java.util.Optional;

/** {@code token-count}: about how many tokens the whole prompt has, by the router's estimate. */
public final class TokenCountFactory extends StandardFactory<Comparison> {

    private static final Option<Comparison> ARGUMENT = Option.comparison("token-count", 0, 1e9)
            .doc("About how many tokens the whole prompt has, tools and images included, such as `>= 20000`.");

    /** Stateless. */
    public TokenCountFactory() {
        super(ARGUMENT);
    }

    @Override
    Matcher matcher(Comparison value, PluginContext context) {
        return new Amount(value, RequestView::approximateTokens);
    }

    @Override
    boolean covers(Comparison wide, Comparison narrow) {
        return wide.covers(narrow);
    }

    @Override
    Optional<Comparison> complement(Comparison value) {
        return value.opposite();
    }

    @Override
    Optional<Boolean> settled(Comparison value) {
        return Amount.constant(value);
    }
}
