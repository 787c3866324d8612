package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Tools.Function;
import dev.signalbox.core.translate.Tools.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tools in the words of {@code openai.responses}: functions, and tools that a server brings along. */
final class ResponsesTools {

    private static final Dialect OWN = Dialect.OPENAI_RESPONSES;
    private static final Set<String> FUNCTION = Set.of("type", "name", "description", "parameters", "strict");
    private static final OpenAiChoice CHOICE = new OpenAiChoice(OWN, false);

    private ResponsesTools() {}

    static Tools read(Spot request) throws Malformed {
        List<Tool> all = new ArrayList<>();
        for (Spot tool : request.at("tools").each()) {
            all.add(tool(tool.anObject()));
        }
        return new Tools(
                all,
                CHOICE.read(request.at("tool_choice")),
                request.at("parallel_tool_calls").flag());
    }

    private static Tool tool(Spot tool) throws Malformed {
        String type = tool.at("type").text();
        if (TextTools.isOne(tool.node()) || ResponsesNames.isNamespace(tool.node())) {
            Origin origin = Origin.at(OWN, tool.pointer());
            return new Tools.Wrapped(ResponsesNames.functions(tool), tool.node(), origin);
        }
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

    /** Says them. */
    static void write(Tools tools, ObjectNode said, Losses losses) {
        ArrayNode all = tools.said(OWN, (function, tool) -> write(function, tool, losses), losses);
        if (all.isEmpty()) {
            return; // a choice among none is refused by many
        }
        said.set("tools", all);
        CHOICE.write(tools.choice(), ResponsesNames.of(tools).custom(), said, losses);
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
}
