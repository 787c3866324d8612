package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Capability;
import java.util.EnumSet;
import java.util.Set;

/** What the members that several dialects share with {@code openai.chat} ask for. */
final class OpenAiNeeds {

    /** With these the model does as it likes; with none of them there are no tools. */
    private static final Set<String> FREE = Set.of("", "auto", "none");

    private OpenAiNeeds() {}

    /** Tools on offer that the model may call. */
    static void tools(Facts facts, Set<Capability> needs) {
        boolean offered = facts.index().filled("tools") || facts.index().filled("functions");
        if (offered && !facts.index().text("tool_choice").equals("none")) {
            needs.add(Capability.TOOLS);
        }
    }

    /** That one of the tools is called, or that one, or one of some. */
    static void toolChoice(Facts facts, Set<Capability> needs) {
        boolean offered = needs.contains(Capability.TOOLS);
        if (offered && (isForced(facts.tree("tool_choice")) || isForced(facts.tree("function_call")))) {
            needs.add(Capability.TOOL_CHOICE);
        }
    }

    private static boolean isForced(JsonNode choice) {
        String word = choice.isObject() ? choice.path("type").asText("named") : choice.asText("");
        return !FREE.contains(word);
    }

    /** Images and sounds in what is said. */
    static void senses(Facts facts, Set<Capability> needs) {
        if (!facts.images().isEmpty()) {
            needs.add(Capability.VISION);
        }
        if (!facts.sounds().isEmpty()) {
            needs.add(Capability.AUDIO);
        }
    }

    /** The answer's form: {@code {"type":"json_object"}} or {@code {"type":"json_schema",…}}. */
    static Set<Capability> form(JsonNode format) {
        return switch (format.path("type").asText("")) {
            case "json_object" -> EnumSet.of(Capability.JSON);
            case "json_schema" -> EnumSet.of(Capability.JSON_SCHEMA);
            default -> EnumSet.noneOf(Capability.class);
        };
    }

    /** Whether an effort is one: anything but nothing and {@code none}. */
    static boolean effort(String effort) {
        return !effort.isEmpty() && !effort.equals("none");
    }
}
