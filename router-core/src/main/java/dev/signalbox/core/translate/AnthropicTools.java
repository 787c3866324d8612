package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
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

/** Tools in Anthropic's words. */
final class AnthropicTools {

    private static final Dialect OWN = Dialect.ANTHROPIC_MESSAGES;
    private static final Set<String> KNOWN = Set.of("name", "description", "input_schema", "strict", "type");

    private AnthropicTools() {}

    static Tools read(Spot request) throws Malformed {
        List<Tool> all = new ArrayList<>();
        for (Spot tool : request.at("tools").each()) {
            all.add(tool(tool.anObject()));
        }
        Spot choice = request.at("tool_choice");
        Optional<Boolean> alone = choice.at("disable_parallel_tool_use").flag();
        return new Tools(all, choice(choice), alone.map(only -> !only));
    }

    private static Tool tool(Spot tool) throws Malformed {
        String type = tool.at("type").maybeText().orElse("custom");
        return type.equals("custom")
                ? new Function(
                        tool.at("name").text(),
                        tool.at("description").maybeText(),
                        tool.at("input_schema").object(),
                        tool.at("strict").flag(),
                        tool.origin(OWN, KNOWN))
                : new Tools.ForeignTool(type, tool.node(), Origin.at(OWN, tool.pointer()));
    }

    private static Choice choice(Spot choice) throws Malformed {
        if (!choice.there()) {
            return new Choice.Unsaid();
        }
        return switch (choice.anObject().at("type").text()) {
            case "auto" -> new Choice.Auto();
            case "any" -> new Choice.Any();
            case "none" -> new Choice.None();
            case "tool" -> new Choice.One(choice.at("name").text());
            default -> throw choice.at("type").wrong("\"auto\", \"any\", \"tool\" or \"none\"");
        };
    }

    /** Says them. */
    static void write(Tools tools, ObjectNode said, Losses losses) {
        ArrayNode all = tools.said(OWN, (function, tool) -> write(function, tool, losses), losses);
        if (!all.isEmpty()) {
            said.set("tools", all);
            choice(tools, said, losses);
        }
    }

    private static void write(Function function, ObjectNode tool, Losses losses) {
        tool.put("name", function.name());
        function.description().ifPresent(text -> tool.put("description", text));
        tool.set("input_schema", schema(function, tool));
        function.strict()
                .filter(strict -> strict || function.origin().in(OWN))
                .ifPresent(strict -> tool.put("strict", strict));
        function.origin().rest(OWN, tool, losses);
    }

    /** There has to be a schema, and it has to say that it is one of an object. */
    private static JsonNode schema(Function function, ObjectNode nodes) {
        Optional<JsonNode> said = function.schema();
        if (said.isPresent() && (said.get().has("type") || function.origin().in(OWN))) {
            return said.get();
        }
        ObjectNode schema = nodes.objectNode().put("type", "object");
        said.ifPresentOrElse(
                members -> members.properties().forEach(each -> schema.set(each.getKey(), each.getValue())),
                () -> schema.putObject("properties"));
        return schema;
    }

    private static void choice(Tools tools, ObjectNode said, Losses losses) {
        Optional<Boolean> parallel = tools.parallel();
        if (tools.choice() instanceof Choice.ForeignChoice || tools.choice() instanceof Choice.Among) {
            losses.lose("tool_choice", "/tool_choice");
        }
        String type = switch (tools.choice()) {
            case Choice.Unsaid ignored -> parallel.isPresent() ? "auto" : "";
            case Choice.Auto ignored -> "auto";
            case Choice.None ignored -> "none";
            case Choice.Any ignored -> "any";
            case Choice.One ignored -> "tool";
            case Choice.Among ignored -> parallel.isPresent() ? "auto" : "";
            case Choice.ForeignChoice ignored -> parallel.isPresent() ? "auto" : "";
        };
        if (!type.isEmpty()) {
            ObjectNode choice = said.putObject("tool_choice").put("type", type);
            if (tools.choice() instanceof Choice.One one) {
                choice.put("name", one.name());
            }
            if (!type.equals("none")) {
                parallel.ifPresent(many -> choice.put("disable_parallel_tool_use", !many));
            }
        }
    }
}
