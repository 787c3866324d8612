package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Edit;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** The members that {@code ollama.chat} and {@code ollama.generate} share. */
final class OllamaMembers {

    private OllamaMembers() {}

    static void needs(Facts facts, Set<Capability> needs) {
        if (!facts.images().isEmpty()) {
            needs.add(Capability.VISION);
        }
        JsonNode format = facts.tree("format");
        if (format.isObject()) {
            needs.add(Capability.JSON_SCHEMA);
        } else if (format.asText("").equals("json")) {
            needs.add(Capability.JSON);
        }
        if (Truth.of(facts.tree("think"))) { // true or a level; a model that thinks does so unasked, too
            needs.add(Capability.REASONING);
        }
        if (facts.index().isTrue("logprobs")) {
            needs.add(Capability.LOGPROBS);
        }
    }

    static OptionalLong maxTokens(Facts facts) {
        return RequestShape.count(facts.tree("options").path("num_predict").asText(""));
    }

    static List<Edit> drop(Facts facts, Capability capability) {
        return switch (capability) {
            case TOOLS -> Drops.members(facts.index(), capability, "tools");
            case REASONING -> Drops.members(facts.index(), capability, "think");
            case JSON, JSON_SCHEMA -> Drops.members(facts.index(), capability, "format");
            case LOGPROBS -> Drops.members(facts.index(), capability, "logprobs", "top_logprobs");
            case VISION -> Drops.holders(facts.images(), capability);
            default -> List.of();
        };
    }

    /** Writes down the images of a message, or of the request. */
    static void images(JsonNode images, String pointer, Transcript transcript) {
        for (int i = 0; i < images.size(); i++) {
            transcript.image(pointer + "/" + i);
        }
    }
}
