package dev.signalbox.conformance;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client library is to ask.
 *
 * @param model whom
 * @param wish what goes with it
 */
record Question(String model, Optional<Wish> wish) {

    /** What a question may bring along. */
    enum Wish {
        /** The two tools {@code signal} and {@code weather}. */
        TOOLS,
        /** {@link #IMAGE}, after the text. */
        IMAGE,
        /** That the model thinks first. */
        THINKING,
        /** That the answer be of {@link #SCHEMA}. */
        FORM
    }

    /** What is asked. */
    static final String TEXT = "What do the signals say?";

    /** The head of a PNG, in base64. */
    static final String IMAGE = "iVBORw0KGgo=";

    /** The tools: their names, and the name and type of their only parameter. */
    static final Map<String, Map<String, String>> TOOLS =
            Map.of("signal", Map.of("track", "integer"), "weather", Map.of("place", "string"));

    /** A description by which the schema is found again. */
    static final String PURPOSE = "whether all signals are free";

    /** The schema of an answer, as JSON. */
    static final Map<String, Object> SCHEMA = Map.of(
            "type",
            "object",
            "properties",
            Map.of("free", Map.of("type", "boolean", "description", PURPOSE)),
            "required",
            List.of("free"),
            "additionalProperties",
            false);

    /** The plain one. */
    static Question to(String model) {
        return new Question(model, Optional.empty());
    }

    /** One with this. */
    Question with(Wish wanted) {
        return new Question(model, Optional.of(wanted));
    }

    /** Whether it goes with this. */
    boolean wants(Wish wanted) {
        return wish.equals(Optional.of(wanted));
    }

    /** The schema of the only parameter of a tool. */
    static Map<String, Object> properties(String tool) {
        Map<String, String> parameter = TOOLS.getOrDefault(tool, Map.of());
        return Map.of(
                parameter.keySet().iterator().next(),
                Map.of("type", parameter.values().iterator().next()));
    }
}
