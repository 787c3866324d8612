package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Glob;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginContext;
import java.util.List;
import java.util.Optional;

/** {@code caller}: whether it is one of these who asks. */
public final class CallerFactory extends StandardFactory<List<Glob>> {

    private static final Option<List<Glob>> ARGUMENT = Option.listOf(
                    "caller", Option.caller("name").doc("A name under `callers`, or `anonymous`."))
            .doc("Whether one of these asks: names under `callers`, or `anonymous`.");

    /** Stateless. */
    public CallerFactory() {
        super(ARGUMENT);
    }

    @Override
    Matcher matcher(List<Glob> value, PluginContext context) {
        return new Named(value, request -> List.of(request.caller().name()));
    }

    @Override
    boolean covers(List<Glob> wide, List<Glob> narrow) {
        return Names.cover(wide, narrow);
    }

    @Override
    Optional<Boolean> settled(List<Glob> value) {
        return Names.constant(value);
    }
}
