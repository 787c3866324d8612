package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Tools.Choice;

/**
 * {@code tool_choice} in OpenAI's dialects, which differ in where the name of a tool stands.
 *
 * @param dialect which of them
 * @param holder the member that holds the name; empty if it stands beside the type
 */
record OpenAiChoice(Dialect dialect, String holder) {

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
        boolean custom = holder.isEmpty() && type.equals("custom"); // is said as a function elsewhere
        if (!custom && !type.equals(FUNCTION)) {
            return new Choice.ForeignChoice(dialect, choice.node());
        }
        Spot named = holder.isEmpty() ? choice : choice.at(holder);
        return new Choice.One(named.at("name").text());
    }

    void write(Choice choice, ObjectNode said, Losses losses) {
        switch (choice) {
            case Choice.Unsaid ignored -> {}
            case Choice.Auto ignored -> said.put("tool_choice", "auto");
            case Choice.None ignored -> said.put("tool_choice", "none");
            case Choice.Any ignored -> said.put("tool_choice", "required");
            case Choice.One one -> {
                ObjectNode named = said.putObject("tool_choice").put("type", FUNCTION);
                (holder.isEmpty() ? named : named.putObject(holder)).put("name", one.name());
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
