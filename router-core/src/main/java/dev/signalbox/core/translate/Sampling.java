package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How words are chosen, and how many.
 *
 * @param knobs what is set, as it was written: a number each
 * @param most how many tokens the answer may have
 * @param stops texts that end it
 * @param logprobs whether the probabilities of words are wanted, and of how many others beside each; empty if not
 */
public record Sampling(Map<Knob, JsonNode> knobs, OptionalLong most, List<String> stops, Optional<Long> logprobs) {

    /** What can be set with a number. */
    public enum Knob {
        TEMPERATURE,
        TOP_P,
        TOP_K,
        MIN_P,
        SEED,
        FREQUENCY_PENALTY,
        PRESENCE_PENALTY,
        REPEAT_PENALTY
    }

    public Sampling {
        EnumMap<Knob, JsonNode> sorted = new EnumMap<>(Knob.class);
        sorted.putAll(knobs);
        knobs = Collections.unmodifiableMap(sorted);
        stops = List.copyOf(stops);
    }
}
