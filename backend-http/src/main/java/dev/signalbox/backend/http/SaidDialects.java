package dev.signalbox.backend.http;

import dev.signalbox.api.Dialect;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which kinds of requests a server takes where configuration says so: then nothing that is known or found out counts. */
public final class SaidDialects {

    private static final String NAME = "dialects";

    private SaidDialects() {}

    /** The option by which it is said, for a type that can speak these. */
    public static Option<Optional<List<String>>> option(Collection<Dialect> possible) {
        List<String> ids = possible.stream().map(Dialect::id).sorted().toList();
        return Option.listOf(NAME, Option.word("dialect", ids))
                .doc(
                        "Which kinds of requests it takes, such as `[openai.chat, openai.embeddings]`; without it those that"
                                + " such a server is known, or found, to take.")
                .optional();
    }

    /**
     * What is said; empty if nothing is.
     *
     * @param option the option that {@link #option} made of the same dialects
     * @throws ConfigurationException if it leaves no dialect
     */
    public static Optional<Set<Dialect>> read(
            PluginConfig config, Option<Optional<List<String>>> option, Collection<Dialect> possible) {
        Optional<List<String>> said = config.get(option);
        if (said.filter(List::isEmpty).isPresent()) {
            throw new ConfigurationException(
                    config.where().child(option.name()), "empty: a server takes one kind of requests at least");
        }
        return said.map(ids -> possible.stream()
                .filter(dialect -> ids.contains(dialect.id()))
                .collect(Collectors.toUnmodifiableSet()));
    }
}
