package dev.signalbox.matcher.standard;

import dev.signalbox.api.Capability;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code wants}: what the request asks of a model beyond text, such as a JSON schema or reasoning. */
public final class WantsFactory extends StandardFactory<List<String>> {

    /** What the shape of a request can tell. */
    private static final List<String> WORDS = List.of(
            "json",
            "json-schema",
            "reasoning",
            "tools",
            "vision",
            "audio",
            "logprobs",
            "embeddings",
            "completions",
            "rerank");

    private static final Option<List<String>> ARGUMENT = Option.listOf(
                    "wants", Option.word("capability", WORDS).doc("A capability."))
            .doc("Whether the request's shape asks for all of these: `[ json-schema, reasoning ]`.");

    /** Stateless. */
    public WantsFactory() {
        super(ARGUMENT);
    }

    @Override
    Matcher matcher(List<String> value, PluginContext context) {
        return new Wants(
                value.stream().map(word -> Capability.of(word).orElseThrow()).toList());
    }

    @Override
    boolean covers(List<String> wide, List<String> narrow) {
        return narrow.containsAll(wide);
    }

    @Override
    Optional<Boolean> settled(List<String> value) {
        return value.isEmpty() ? Optional.of(true) : Optional.empty();
    }

    @Override
    Set<Capability> asked(List<String> value) {
        return value.stream().map(word -> Capability.of(word).orElseThrow()).collect(Collectors.toSet());
    }

    private record Wants(List<Capability> wanted) implements Matcher {

        @Override
        public boolean matches(RequestView request) {
            return request.needs().containsAll(wanted);
        }

        @Override
        public String seen(RequestView request) {
            return request.needs().stream().sorted().map(Capability::id).collect(Collectors.joining(", "));
        }
    }
}
