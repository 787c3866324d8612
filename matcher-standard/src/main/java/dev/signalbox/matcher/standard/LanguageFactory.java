package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.RequestView;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code language}: in which language the last message of the user is written, and which programming languages it holds.
 *
 * <p>A cheap guess from the first 4,000 characters outside of code blocks, not an identification. A language written in
 * letters of its own is told by its letters: what is written in Cyrillic is {@code russian} unless it has letters that
 * only {@code ukrainian} has, what is in Devanagari is {@code hindi}, in Arabic letters {@code arabic}, in Han without
 * Kana {@code chinese}. Those that share the Latin letters are told by their small words ({@code the}, {@code und}); a
 * text of few words may hold none of them and then has no language. A programming language is told by what stands
 * behind the fence of a code block, and where nothing stands there by signs of which at least two must be seen. So a
 * request has at most one natural language, any number of programming languages, and often none of either.
 */
public final class LanguageFactory extends StandardFactory<List<String>> {

    private static final List<String> WORDS = Stream.concat(
                    NaturalLanguage.names().stream(), CodeLanguage.names().stream())
            .toList();

    private static final Option<List<String>> ARGUMENT = Option.listOf(
                    "language", Option.word("language", WORDS).doc("A language."))
            .doc("Whether the user's last message is written in one of these languages, or holds code in one: a cheap"
                    + " guess from letters, small words and the names behind code fences.");

    /** Stateless. */
    public LanguageFactory() {
        super(ARGUMENT);
    }

    @Override
    Matcher matcher(List<String> value, PluginContext context) {
        return new Written(Set.copyOf(value));
    }

    @Override
    boolean covers(List<String> wide, List<String> narrow) {
        return wide.containsAll(narrow);
    }

    @Override
    Optional<Boolean> settled(List<String> value) {
        return value.isEmpty() ? Optional.of(false) : Optional.empty();
    }

    private record Written(Set<String> wanted) implements Matcher {

        private static final int MOST_READ = 4000;

        @Override
        public boolean matches(RequestView request) {
            return find(request).holds();
        }

        @Override
        public String seen(RequestView request) {
            return find(request).seen();
        }

        @Override
        public Finding find(RequestView request) {
            Set<String> languages = languages(request);
            return new Finding(languages.stream().anyMatch(wanted::contains), String.join(", ", languages));
        }

        private static Set<String> languages(RequestView request) {
            Fences fences = Fences.of(request.lastUserText());
            String prose = fences.outside(MOST_READ);
            Set<String> languages = new LinkedHashSet<>();
            NaturalLanguage.of(prose).ifPresent(languages::add);
            languages.addAll(CodeLanguage.of(fences, prose));
            return languages;
        }
    }
}
