package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;

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
}
