package dev.signalbox.matcher.standard;

import dev.signalbox.api.Capability;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code tool-named}: whether one of the tools on offer has such a name. */
public final class ToolNamedFactory extends StandardFactory<List<Glob>> {

    private static final Option<List<Glob>> ARGUMENT = Option.listOf(
                    "tool-named", Option.pattern("name").doc("A tool's name."))
            .doc("Whether the client offers a tool of one of these names.");

    /** Stateless. */
    public ToolNamedFactory() {
        super(ARGUMENT);
    }

    @Override
    Matcher matcher(List<Glob> value, PluginContext context) {
        return new Named(value, request -> request.tools());
    }

    @Override
    boolean covers(List<Glob> wide, List<Glob> narrow) {
        return Names.cover(wide, narrow);
    }

    /** Not even {@code *} fits a request without tools. */
    @Override
    Optional<Boolean> settled(List<Glob> value) {
        return value.isEmpty() ? Optional.of(false) : Optional.empty();
    }

    @Override
    Set<Capability> asked(List<Glob> value) {
        return Set.of(Capability.TOOLS);
    }
}
