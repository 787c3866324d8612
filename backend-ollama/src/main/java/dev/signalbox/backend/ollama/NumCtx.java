package dev.signalbox.backend.ollama;

import dev.signalbox.api.Edit;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.RequestView;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The contexts that models are to have, by name or pattern. Ollama loads a model again for each request that wants another
 * one than it was loaded with, so it is said in all of them, and when a model is loaded.
 *
 * @param tokens how many tokens, by a name or else by the first pattern that fits
 */
record NumCtx(Map<String, Long> tokens) {

    private static final String OPTIONS = "/options";
    private static final Pattern TOKENS = Pattern.compile("[1-9]\\d{0,8}");
    private static final String MEMBER = OPTIONS + "/num_ctx";

    NumCtx {
        tokens = Collections.unmodifiableMap(new LinkedHashMap<>(tokens));
    }

    static NumCtx read(PluginConfig config) {
        return new NumCtx(config.get(OllamaBackendFactory.NUM_CTX));
    }

    /** The context of a model; empty where nothing is said of it. */
    OptionalLong of(String model) {
        OptionalLong named = first(name -> Names.same(name, model));
        return named.isPresent() ? named : first(pattern -> new Glob(pattern).matches(model));
    }

    private OptionalLong first(Predicate<String> fits) {
        return tokens.entrySet().stream()
                .filter(each -> fits.test(each.getKey()))
                .mapToLong(Map.Entry::getValue)
                .findFirst();
    }

    /** What a request has the model loaded with: what it says itself, if it does so in Ollama's own API, else what is said here. */
    OptionalLong wanted(RequestView request, String model) {
        OptionalLong said = request.dialect().family().equals("ollama") ? said(request) : OptionalLong.empty();
        return said.isPresent() ? said : of(model);
    }

    private static OptionalLong said(RequestView request) {
        return request.raw(MEMBER)
                .filter(json -> TOKENS.matcher(json).matches())
                .map(json -> OptionalLong.of(Long.parseLong(json)))
                .orElseGet(OptionalLong::empty);
    }

    /** The edits that make a request of Ollama's own API say it, unless it says something itself. */
    List<Edit> edits(RequestView request, String model) {
        OptionalLong wanted = of(model);
        if (wanted.isEmpty() || request.raw(MEMBER).isPresent()) {
            return List.of();
        }
        String json = Long.toString(wanted.getAsLong());
        String options = "{\"num_ctx\":" + json + "}";
        String said = request.raw(OPTIONS).orElse("");
        if (said.isEmpty()) {
            return List.of(Edit.insert(OPTIONS, options));
        }
        if (said.equals("null")) {
            return List.of(Edit.replace(OPTIONS, options));
        }
        return said.startsWith("{")
                ? List.of(Edit.insert(MEMBER, json))
                : List.of(); // Ollama says what is wrong with it
    }
}
