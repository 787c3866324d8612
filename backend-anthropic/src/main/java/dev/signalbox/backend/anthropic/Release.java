package dev.signalbox.backend.anthropic;

import dev.signalbox.api.Headers;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which release of the API requests mean.
 *
 * @param version of requests whose client names none
 * @param betas words to add to those of the client
 */
record Release(String version, List<String> betas) {

    private static final String VERSION = "anthropic-version";
    private static final String BETA = "anthropic-beta";
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    Release {
        betas = List.copyOf(betas);
    }

    /**
     * What configuration says.
     *
     * @throws ConfigurationException if a word is none that a header can hold
     */
    static Release read(PluginConfig config) {
        String version = config.get(AnthropicBackendFactory.VERSION);
        check(version, AnthropicBackendFactory.VERSION, "2023-06-01", config);
        List<String> betas = config.get(AnthropicBackendFactory.BETAS);
        betas.forEach(beta -> check(beta, AnthropicBackendFactory.BETAS, "context-1m-2025-08-07", config));
        return new Release(version, betas);
    }

    private static void check(String word, Option<?> option, String such, PluginConfig config) {
        if (!WORD.matcher(word).matches()) {
            throw new ConfigurationException(
                    config.where().child(option.name()), "\"%s\" is not a word such as %s".formatted(word, such));
        }
    }

    /** What to say beside, or instead of, what the client says. */
    Headers beside(Headers client) {
        Headers more = client.first(VERSION).isPresent() ? Headers.none() : Headers.of(VERSION, version);
        return betas.isEmpty() ? more : more.with(BETA, String.join(",", joined(client)));
    }

    private List<String> joined(Headers client) {
        List<String> words = new ArrayList<>();
        Stream<String> theirs = client.all(BETA).stream().flatMap(line -> Stream.of(line.split(",")));
        Stream.concat(theirs.map(String::strip), betas.stream())
                .filter(word -> !word.isEmpty() && !words.contains(word))
                .forEachOrdered(words::add);
        return words;
    }
}
