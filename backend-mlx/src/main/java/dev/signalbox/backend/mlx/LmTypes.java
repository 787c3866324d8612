package dev.signalbox.backend.mlx;

import static java.util.Map.entry;

import dev.signalbox.api.Dialect;
import dev.signalbox.backend.http.Edits;
import dev.signalbox.spi.RequestView;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What mlx_lm.server expects of the members it knows. It does not tell what it did not like, so a request that got no
 * answer is looked at here; what another version takes is never held back.
 */
final class LmTypes {

    private static final int SHOWN = 60;

    private static final Type FLAG = new Type("true or false", "true|false");
    private static final Type COUNT = new Type("a whole number of 0 or more", "\\d+(\\.0+)?");
    private static final Type INTEGER = new Type("a whole number", "-?\\d+(\\.0+)?");
    private static final Type AMOUNT = new Type("a number of 0 or more", "\\d.*");
    private static final Type NUMBER = new Type("a number", "-?\\d.*");
    private static final Type TEXT = new Type("text", "\".*");
    private static final Type TABLE = new Type("an object", "\\{.*");

    private static final Map<String, Type> EXPECTED = Map.ofEntries(
            entry("stream", FLAG),
            entry("logprobs", FLAG),
            entry("max_tokens", COUNT),
            entry("max_completion_tokens", COUNT),
            entry("num_draft_tokens", COUNT),
            entry("repetition_context_size", COUNT),
            entry("top_k", COUNT),
            entry("top_logprobs", INTEGER),
            entry("seed", INTEGER),
            entry("temperature", AMOUNT),
            entry("top_p", AMOUNT),
            entry("min_p", AMOUNT),
            entry("repetition_penalty", AMOUNT),
            entry("presence_penalty", NUMBER),
            entry("frequency_penalty", NUMBER),
            entry("xtc_probability", AMOUNT),
            entry("xtc_threshold", AMOUNT),
            entry("logit_bias", TABLE),
            entry("stream_options", TABLE),
            entry("adapters", TEXT));

    private LmTypes() {}

    private record Type(String name, Pattern pattern) {

        Type(String name, String pattern) {
            this(name, Pattern.compile(pattern, Pattern.DOTALL));
        }
    }

    /** What is wrong with a request, if that can be seen. */
    static Optional<String> fault(RequestView request) {
        String spoken = request.dialect().equals(Dialect.OPENAI_CHAT) ? "messages" : "prompt";
        if (request.raw(Edits.pointer(spoken)).isEmpty()) {
            return Optional.of("the request has no \"%s\"".formatted(spoken));
        }
        return EXPECTED.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(each -> request
                        .raw(Edits.pointer(each.getKey()))
                        .filter(value -> !value.equals("null"))
                        .filter(value ->
                                !each.getValue().pattern().matcher(value).matches())
                        .map(value -> "\"%s\" is %s, and mlx_lm.server wants %s"
                                .formatted(
                                        each.getKey(),
                                        shown(value),
                                        each.getValue().name()))
                        .stream())
                .findFirst();
    }

    private static String shown(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }
}
