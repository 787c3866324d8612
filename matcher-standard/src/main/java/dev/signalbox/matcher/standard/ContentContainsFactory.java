package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import java.util.List;
import java.util.Optional;

/** {@code content-contains}: whether one of some texts is in what is said, letter by letter. */
public final class ContentContainsFactory extends StandardFactory<PluginConfig> {

    private static final Option<List<String>> TEXT = Option.listOf(
                    "text",
                    Option.parsed("text", "a text to look for", ContentContainsFactory::notEmpty)
                            .doc("A text."))
            .doc("The texts, one of which has to be there; upper and lower case differ.");

    private static final Option<PluginConfig> ARGUMENT = Option.groupOrFirst("content-contains", TEXT, Scope.OPTION)
            .doc("Whether one of these texts is in what is said; upper and lower case differ.");

    /** Stateless. */
    public ContentContainsFactory() {
        super(ARGUMENT);
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it is empty, so every request would have it");
        }
        return text;
    }

    @Override
    Matcher matcher(PluginConfig value, PluginContext context) {
        List<String> texts = List.copyOf(value.get(TEXT));
        return new Content(value.get(Scope.OPTION), said -> first(texts, said));
    }

    /** A text that holds a shorter one brings it along. */
    @Override
    boolean covers(PluginConfig wide, PluginConfig narrow) {
        return Scope.same(wide, narrow)
                && narrow.get(TEXT).stream()
                        .allMatch(text -> wide.get(TEXT).stream().anyMatch(text::contains));
    }

    @Override
    Optional<Boolean> settled(PluginConfig value) {
        return value.get(TEXT).isEmpty() ? Optional.of(false) : Optional.empty();
    }

    private static int first(List<String> texts, String said) {
        return texts.stream()
                .mapToInt(said::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
    }
}
