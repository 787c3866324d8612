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

/** Tools in OpenAI's words, and the functions that went before them. */
final class OpenAiTools {

    private static final Dialect OWN = Dialect.OPENAI_CHAT;
    private static final Set<String> FUNCTION = Set.of("name", "description", "parameters", "strict");
    private static final OpenAiChoice CHOICE = new OpenAiChoice(OWN, true);

    private OpenAiTools() {}

    static Tools read(Spot request) throws Malformed {
        List<Tool> all = new ArrayList<>();
        for (Spot tool : request.at("tools").each()) {
            all.add(tool(tool.anObject()));
        }
        for (Spot function : request.at("functions").each()) {
            all.add(function(function.anObject(), function.origin(OWN, FUNCTION)));
        }
        Spot choice = request.at("tool_choice");
        return new Tools(
                all,
                choice.there() ? CHOICE.read(choice) : legacyChoice(request.at("function_call")),
                request.at("parallel_tool_calls").flag());
    }

    /** Whether a request has functions, as they were before there were tools: its answer has to speak of them so. */
    static boolean legacy(Chat chat) {
        return !chat.tools().all().isEmpty()
                && chat.tools().all().getFirst().origin().pointer().startsWith("/functions/");
    }

    private static Tool tool(Spot tool) throws Malformed {
        if (TextTools.isOne(tool.node())) {
            return custom(tool, tool.at("custom").anObject());
        }
        String type = tool.at("type").maybeText().orElse("function");
        return type.equals("function")
                ? function(
                        tool.at("function").anObject(),
                        tool.origin(OWN, Set.of("type", "function"), "function", FUNCTION))
                : new Tools.ForeignTool(type, tool.node(), tool.origin(OWN, Set.of()));
    }

    private static Tool custom(Spot tool, Spot custom) throws Malformed {
        Origin origin = Origin.at(OWN, tool.pointer());
        Spot grammar = custom.at("format").at("grammar");
        Function function = TextTools.function(custom.at("name").text(), custom, grammar, origin);
        return new Tools.Wrapped(List.of(function), tool.node(), origin);
    }

    private static Function function(Spot function, Origin origin) throws Malformed {
        return new Function(
                function.at("name").text(),
                function.at("description").maybeText(),
                function.at("parameters").object(),
                function.at("strict").flag(),
                origin);
    }

    private static Choice legacyChoice(Spot choice) throws Malformed {
        if (choice.node().isObject()) {
            return new Choice.One(choice.at("name").text());
        }
        return switch (choice.textOrEmpty()) {
            case "" -> new Choice.Unsaid();
            case "auto" -> new Choice.Auto();
            case "none" -> new Choice.None();
            default -> throw choice.wrong("\"auto\", \"none\" or an object");
        };
    }

    /** Says them. */
    static void write(Tools tools, ObjectNode said, Losses losses) {
        ArrayNode all = tools.said(OWN, (function, tool) -> write(function, tool, losses), losses);
        if (all.isEmpty()) {
            return; // a choice among none is refused by many
        }
        said.set("tools", all);
        CHOICE.write(tools.choice(), TextTools.named(tools, OWN), said, losses);
        tools.parallel().ifPresent(parallel -> said.put("parallel_tool_calls", parallel));
    }

    private static void write(Function function, ObjectNode tool, Losses losses) {
        ObjectNode said = tool.put("type", "function").putObject("function");
        said.put("name", function.name());
        function.description().ifPresent(text -> said.put("description", text));
        function.schema().ifPresent(schema -> said.set("parameters", schema));
        function.strict().ifPresent(strict -> said.put("strict", strict));
        function.origin().rest(OWN, tool, losses);
    }
}
