package dev.signalbox.matcher.standard;

import dev.signalbox.api.Capability;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import java.util.Optional;
import java.util.Set;

/** {@code has-tools}: whether the client offers tools; {@code no} asks whether it offers none. */
public final class HasToolsFactory extends StandardFactory<Boolean> {

    private static final Option<Boolean> ARGUMENT =
            Option.flag("has-tools").doc("Whether the client offers tools, be it only ones without a name.");

    /** Stateless. */
    public HasToolsFactory() {
        super(ARGUMENT);
    }

    @Override
    Matcher matcher(Boolean value, PluginContext context) {
        return new Question(value, HasToolsFactory::count);
    }

    @Override
    Optional<Boolean> complement(Boolean value) {
        return Optional.of(!value);
    }

    @Override
    Set<Capability> asked(Boolean value) {
        return value ? Set.of(Capability.TOOLS) : Set.of();
    }

    /** A tool that the server itself brings may have a type and no name. */
    private static int count(RequestView request) {
        int named = request.tools().size();
        return named > 0 ? named : nameless(request, "tools") + nameless(request, "functions");
    }

    private static int nameless(RequestView request, String member) {
        return request.members().contains(member)
                        && request.raw("/" + member + "/0").isPresent()
                ? 1
                : 0;
    }
}
