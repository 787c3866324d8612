package dev.signalbox.matcher.standard;

import dev.signalbox.api.Capability;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import java.util.Optional;
import java.util.Set;

/** {@code has-image}: whether the user sends an image; {@code no} asks whether there is none. */
public final class HasImageFactory extends StandardFactory<PluginConfig> {

    private static final Option<Boolean> IS = Option.flag("is").doc("Whether there is to be an image, or none.");

    private static final Option<PluginConfig> ARGUMENT = Option.groupOrFirst("has-image", IS, Scope.OPTION)
            .doc("Whether there is an image, or a document of pages.");

    /** Stateless. */
    public HasImageFactory() {
        super(ARGUMENT);
    }

    @Override
    Matcher matcher(PluginConfig value, PluginContext context) {
        return new Question(value.get(IS), value.get(Scope.OPTION)::images);
    }

    @Override
    boolean covers(PluginConfig wide, PluginConfig narrow) {
        return Scope.same(wide, narrow) && wide.get(IS).equals(narrow.get(IS));
    }

    @Override
    Optional<PluginConfig> complement(PluginConfig value) {
        return Optional.of(value.with(IS, !value.get(IS)));
    }

    @Override
    Set<Capability> asked(PluginConfig value) {
        return value.get(IS) ? Set.of(Capability.VISION) : Set.of();
    }
}
