package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Tools.Choice;
import java.util.Set;

/**
 * {@code tool_choice} in OpenAI's dialects, which differ in where the name of a tool stands.
 *
 * @param dialect which of them
 * @param held whether it stands in a member that is called like the type; else it stands beside the type
 */
record OpenAiChoice(Dialect dialect, boolean held) {

    private static final String FUNCTION = "function";

    Choice read(Spot choice) throws Malformed {
        if (!choice.there()) {
            return new Choice.Unsaid();
        }
        if (choice.node().isTextual()) {
            return switch (choice.text()) {
                case "auto" -> new Choice.Auto();
                case "none" -> new Choice.None();
                case "required", "any" -> new Choice.Any();
                default -> throw choice.wrong("\"auto\", \"none\", \"required\" or an object");
            };
        }
        String type = choice.anObject().at("type").textOrEmpty();
        if (!type.equals(TextTools.TYPE) && !type.equals(FUNCTION)) {
            return new Choice.ForeignChoice(dialect, choice.node());
        }
        Spot named = held ? choice.at(type) : choice;
        return new Choice.One(named.at("name").text());
    }

    /**
     * Says it.
     *
     * @param custom the names of custom tools
     */
    void write(Choice choice, Set<String> custom, ObjectNode said, Losses losses) {
        switch (choice) {
            case Choice.Unsaid ignored -> {}
            case Choice.Auto ignored -> said.put("tool_choice", "auto");
            case Choice.None ignored -> said.put("tool_choice", "none");
            case Choice.Any ignored -> said.put("tool_choice", "required");
            case Choice.One one -> {
                String type = custom.contains(one.name()) ? TextTools.TYPE : FUNCTION;
                ObjectNode named = said.putObject("tool_choice").put("type", type);
                (held ? named.putObject(type) : named).put("name", one.name());
            }
            case Choice.ForeignChoice foreign -> {
                if (foreign.dialect().equals(dialect)) {
                    said.set("tool_choice", foreign.whole());
                } else {
                    losses.lose("tool_choice", "/tool_choice");
                }
            }
        }
    }
}
