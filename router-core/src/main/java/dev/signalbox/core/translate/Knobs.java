package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.core.translate.Sampling.Knob;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What is set with a number, said under the names of a dialect. */
final class Knobs {

    private Knobs() {}

    /** Reads what is there of what the dialect has a name for. */
    static Map<Knob, JsonNode> read(Spot holder, Map<Knob, String> names) throws Malformed {
        Map<Knob, JsonNode> knobs = new EnumMap<>(Knob.class);
        for (Map.Entry<Knob, String> name : names.entrySet()) {
            holder.at(name.getValue()).number().ifPresent(value -> knobs.put(name.getKey(), value));
        }
        return knobs;
    }

    /** Says what the dialect has a name for; of the rest only what changes anything is lost. */
    static void write(Map<Knob, JsonNode> knobs, Map<Knob, String> names, ObjectNode into, Losses losses) {
        knobs.forEach((knob, value) -> {
            String name = names.getOrDefault(knob, "");
            if (!name.isEmpty()) {
                into.set(name, value);
            } else if (!changesNothing(knob, value)) {
                losses.lose(word(knob), "/" + word(knob));
            }
        });
    }

    private static boolean changesNothing(Knob knob, JsonNode value) {
        return switch (knob) {
            case FREQUENCY_PENALTY, PRESENCE_PENALTY, MIN_P ->
                value.decimalValue().signum() == 0;
            case REPEAT_PENALTY, TOP_P -> value.decimalValue().compareTo(BigDecimal.ONE) == 0;
            default -> false;
        };
    }

    /** Its name in messages, which is the one most dialects have. */
    static String word(Knob knob) {
        return knob.name().toLowerCase(Locale.ROOT);
    }
}
