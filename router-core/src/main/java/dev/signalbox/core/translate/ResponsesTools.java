package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Tools.Choice;
import dev.signalbox.core.translate.Tools.Function;
import dev.signalbox.core.translate.Tools.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tools in the words of {@code openai.responses}: functions, and tools that a server brings along. */
final class ResponsesTools {

    private static final Dialect OWN = Dialect.OPENAI_RESPONSES;
    private static final Set<String> FUNCTION = Set.of("type", "name", "description", "parameters", "strict");

    private ResponsesTools() {}

    static Tools read(Spot request) throws Malformed {
        List<Tool> all = new ArrayList<>();
        for (Spot tool : request.at("tools").each()) {
            all.add(tool(tool.anObject()));
        }
        return new Tools(
                all,
                choice(request.at("tool_choice")),
                request.at("parallel_tool_calls").flag());
    }

    private static Tool tool(Spot tool) throws Malformed {
        String type = tool.at("type").text();
        if (!type.equals("function")) {
            return new Tools.ForeignTool(type, tool.node(), Origin.at(OWN, tool.pointer()));
        }
        return new Function(
                tool.at("name").text(),
                tool.at("description").maybeText(),
                tool.at("parameters").object(),
                tool.at("strict").flag(),
                tool.origin(OWN, FUNCTION));
    }

    private static Choice choice(Spot choice) throws Malformed {
        if (!choice.there()) {
            return new Choice.Unsaid();
        }
        if (choice.node().isTextual()) {
            return switch (choice.text()) {
                case "auto" -> new Choice.Auto();
                case "none" -> new Choice.None();
                case "required" -> new Choice.Any();
                default -> throw choice.wrong("\"auto\", \"none\", \"required\" or an object");
            };
        }
        return choice.anObject().at("type").textOrEmpty().equals("function")
                ? new Choice.One(choice.at("name").text())
                : new Choice.ForeignChoice(OWN, choice.node());
    }

    /** Says them. */
    static void write(Tools tools, ObjectNode said, Losses losses) {
        ArrayNode all = said.arrayNode();
        for (Tool tool : tools.all()) {
            switch (tool) {
                case Function function -> write(function, all.addObject(), losses);
                case Tools.ForeignTool foreign -> foreign(foreign, all, losses);
            }
        }
        if (all.isEmpty()) {
            return; // a choice among none is refused by many
        }
        said.set("tools", all);
        choice(tools.choice(), said, losses);
        tools.parallel().ifPresent(parallel -> said.put("parallel_tool_calls", parallel));
    }

    private static void write(Function function, ObjectNode tool, Losses losses) {
        tool.put("type", "function").put("name", function.name());
        function.description().ifPresent(text -> tool.put("description", text));
        function.schema().ifPresent(schema -> tool.set("parameters", schema));
        if (function.schema().isEmpty() && !function.origin().in(OWN)) {
            tool.putObject("parameters").put("type", "object").putObject("properties"); // here it has to be there
        }
        function.strict().ifPresent(strict -> tool.put("strict", strict));
        function.origin().rest(OWN, tool, losses);
    }

    private static void foreign(Tools.ForeignTool tool, ArrayNode all, Losses losses) {
        if (tool.origin().in(OWN)) {
            all.add(tool.whole());
        } else {
            losses.lose("tool " + tool.kind(), tool.origin().pointer());
        }
    }

    private static void choice(Choice choice, ObjectNode said, Losses losses) {
        switch (choice) {
            case Choice.Unsaid ignored -> {}
            case Choice.Auto ignored -> said.put("tool_choice", "auto");
            case Choice.None ignored -> said.put("tool_choice", "none");
            case Choice.Any ignored -> said.put("tool_choice", "required");
            case Choice.One one ->
                said.putObject("tool_choice").put("type", "function").put("name", one.name());
            case Choice.ForeignChoice foreign -> {
                if (foreign.dialect().equals(OWN)) {
                    said.set("tool_choice", foreign.whole());
                } else {
                    losses.lose("tool_choice", "/tool_choice");
                }
            }
        }
    }
}
