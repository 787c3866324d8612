package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Tools.Choice;
import dev.signalbox.core.translate.Tools.Function;
import dev.signalbox.core.translate.Tools.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tools in Ollama's words: functions, of which the model calls what it likes. */
final class OllamaTools {

    private static final Dialect OWN = Dialect.OLLAMA_CHAT;
    private static final Set<String> FUNCTION = Set.of("name", "description", "parameters");

    private OllamaTools() {}

    static Tools read(Spot tools) throws Malformed {
        List<Tool> all = new ArrayList<>();
        for (Spot tool : tools.each()) {
            all.add(tool(tool.anObject()));
        }
        return all.isEmpty() ? Tools.NONE : new Tools(all, new Choice.Unsaid(), Optional.empty());
    }

    private static Tool tool(Spot tool) throws Malformed {
        String type = tool.at("type").maybeText().orElse("function");
        if (!type.equals("function")) {
            return new Tools.ForeignTool(type, tool.node(), Origin.at(OWN, tool.pointer()));
        }
        Spot function = tool.at("function").anObject();
        return new Function(
                function.at("name").text(),
                function.at("description").maybeText(),
                function.at("parameters").object(),
                Optional.empty(),
                tool.origin(OWN, Set.of("type", "function"), "function", FUNCTION));
    }

    /** Says them; who may call none has none. */
    static void write(Tools tools, ObjectNode said, Losses losses) {
        if (tools.choice() instanceof Choice.None) {
            return;
        }
        ArrayNode all = tools.said(OWN, (function, tool) -> write(function, tool, losses), losses);
        if (!all.isEmpty()) {
            said.set("tools", all);
            choice(tools, losses);
        }
    }

    private static void write(Function function, ObjectNode tool, Losses losses) {
        ObjectNode said = tool.put("type", "function").putObject("function");
        said.put("name", function.name());
        function.description().ifPresent(text -> said.put("description", text));
        function.schema().ifPresent(schema -> said.set("parameters", schema));
        if (function.strict().orElse(false)) {
            losses.lose("strict", function.origin().pointer());
        }
        function.origin().rest(OWN, tool, losses);
    }

    private static void choice(Tools tools, Losses losses) {
        switch (tools.choice()) {
            case Choice.Unsaid ignored -> {}
            case Choice.Auto ignored -> {}
            default -> losses.lose("tool_choice", "/tool_choice");
        }
        if (!tools.parallel().orElse(true)) {
            losses.lose("parallel_tool_calls", "/parallel_tool_calls");
        }
    }
}
