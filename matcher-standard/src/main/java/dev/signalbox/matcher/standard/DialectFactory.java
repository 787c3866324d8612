package dev.signalbox.matcher.standard;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Near;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code dialect}: which API the client speaks. */
public final class DialectFactory extends StandardFactory<List<Glob>> {

    private static final List<String> KNOWN =
            Dialect.KNOWN.stream().map(Dialect::id).toList();
    private static final List<String> FAMILIES =
            Dialect.KNOWN.stream().map(Dialect::family).distinct().toList();

    /** What a dialect asks of a model, where it is for nothing else. */
    private static final Map<String, Capability> DEMANDS = Map.of(
            Dialect.OPENAI_EMBEDDINGS.id(), Capability.EMBEDDINGS,
            Dialect.OLLAMA_EMBED.id(), Capability.EMBEDDINGS,
            Dialect.OLLAMA_EMBEDDINGS.id(), Capability.EMBEDDINGS,
            Dialect.OPENAI_RERANK.id(), Capability.RERANK);

    private static final Option<List<Glob>> ARGUMENT = Option.listOf(
                    "dialect",
                    Option.parsed("dialect", "a dialect such as openai.chat", DialectFactory::read)
                            .doc("A dialect, the part before its dot, or a pattern."))
            .doc("Whether the client speaks one of these: `openai.chat`, `anthropic` for all of a family, or a pattern"
                    + " such as `*.chat`. All: `" + String.join("`, `", KNOWN) + "`.");

    /** Stateless. */
    public DialectFactory() {
        super(ARGUMENT);
    }

    /** Dialects are an open set; one that only a plugin speaks is named by a pattern. */
    private static Glob read(String text) {
        Glob glob = new Glob(text);
        if (FAMILIES.contains(text) && !KNOWN.contains(text)) {
            return new Glob(text + ".*");
        }
        if (!glob.wild() && !KNOWN.contains(text)) {
            List<String> names =
                    Stream.concat(KNOWN.stream(), FAMILIES.stream()).distinct().toList();
            throw new IllegalArgumentException(Near.hint(text, names));
        }
        return glob;
    }

    @Override
    Matcher matcher(List<Glob> value, PluginContext context) {
        return new Named(value, request -> List.of(request.dialect().id()));
    }

    @Override
    boolean covers(List<Glob> wide, List<Glob> narrow) {
        return Names.cover(wide, narrow);
    }

    @Override
    Optional<Boolean> settled(List<Glob> value) {
        return Names.constant(value);
    }

    /** What all of the dialects it names ask of a model; a pattern may stand for any. */
    @Override
    Set<Capability> asked(List<Glob> value) {
        return value.stream()
                .map(DialectFactory::demanded)
                .reduce((one, other) -> one.equals(other) ? one : Set.<Capability>of())
                .orElseGet(Set::of);
    }

    private static Set<Capability> demanded(Glob dialect) {
        return Optional.ofNullable(DEMANDS.get(dialect.text())).map(Set::of).orElseGet(Set::of);
    }
}
