package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import java.util.Optional;

/** {@code streaming}: whether the client wants the answer as it comes. */
public final class StreamingFactory extends StandardFactory<Boolean> {

    private static final Option<Boolean> ARGUMENT = Option.flag("streaming")
            .doc("Whether the client wants the answer as it comes, by its API's own default where it does not say.");

    /** Stateless. */
    public StreamingFactory() {
        super(ARGUMENT);
    }

    @Override
    Matcher matcher(Boolean value, PluginContext context) {
        return new Streaming(value);
    }

    @Override
    Optional<Boolean> complement(Boolean value) {
        return Optional.of(!value);
    }

    private record Streaming(boolean wanted) implements Matcher {

        @Override
        public boolean matches(RequestView request) {
            return request.streamed() == wanted;
        }

        @Override
        public String seen(RequestView request) {
            return request.streamed() ? "yes" : "no";
        }
    }
}
