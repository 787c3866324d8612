package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Comparison;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginContext;
import java.util.Optional;

/** {@code message-count}: how many messages the conversation has. */
public final class MessageCountFactory extends StandardFactory<Comparison> {

    private static final Option<Comparison> ARGUMENT = Option.comparison("message-count", 0, 1e6)
            .doc("How many messages the conversation has, the system prompt and what tools answered included.");

    /** Stateless. */
    public MessageCountFactory() {
        super(ARGUMENT);
    }

    @Override
    Matcher matcher(Comparison value, PluginContext context) {
        return new Amount(value, request -> request.messages().size());
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
