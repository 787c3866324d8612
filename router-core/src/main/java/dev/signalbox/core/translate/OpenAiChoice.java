package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Tools.Choice;
import java.util.HashSet;
import java.util.Set;

/**
 * {@code tool_choice} in OpenAI's dialects, which differ in where the name of a tool stands.
 *
 * @param dialect which of them
 * @param held whether it stands in a member that is called like the type; else it stands beside the type
 */
record OpenAiChoice(Dialect dialect, boolean held) {

    private static final String FUNCTION = "function";
    private static final String AMONG = "allowed_tools";

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
        if (type.equals(AMONG)) {
            return among(choice, held ? choice.at(AMONG).anObject() : choice);
        }
        if (!type.equals(TextTools.TYPE) && !type.equals(FUNCTION)) {
            return new Choice.ForeignChoice(dialect, choice.node());
        }
        Spot named = held ? choice.at(type) : choice;
        return new Choice.One(named.at("name").text());
    }

    private Choice among(Spot choice, Spot some) throws Malformed {
        Set<String> names = new HashSet<>();
        for (Spot tool : some.at("tools").each()) {
            String type = tool.anObject().at("type").textOrEmpty();
            if (type.equals(TextTools.TYPE) || type.equals(FUNCTION)) { // others are the server's own
                names.add((held ? tool.at(type) : tool).at("name").text());
            }
        }
        boolean called = switch (some.at("mode").text()) {
            case "auto" -> false;
            case "required" -> true;
            default -> throw some.at("mode").wrong("\"auto\" or \"required\"");
        };
        return new Choice.Among(names, called, dialect, choice.node());
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
            case Choice.Among among -> again(among.dialect(), among.whole(), said, losses);
            case Choice.ForeignChoice foreign -> again(foreign.dialect(), foreign.whole(), said, losses);
        }
    }

    private void again(Dialect from, JsonNode whole, ObjectNode said, Losses losses) {
        if (from.equals(dialect)) {
            said.set("tool_choice", whole);
        } else {
            losses.lose("tool_choice", "/tool_choice");
        }
    }
}
