package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Tools.Function;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Custom tools of OpenAI's dialects, which take a text instead of JSON. Every other dialect calls them functions: such a
 * function takes the text as its one argument.
 */
final class TextTools {

    static final String TYPE = "custom";
    private static final String INPUT = "input";

    private TextTools() {}

    /** Whether a tool is one, or a call one of such a tool. */
    static boolean isOne(JsonNode tool) {
        return tool.path("type").asText("").equals(TYPE);
    }

    /**
     * The function that stands for one.
     *
     * @param tool what has its description
     * @param grammar what has a definition and its syntax; nothing need stand there
     */
    static Function function(String name, Spot tool, Spot grammar, Origin origin) throws Malformed {
        Optional<String> description = described(tool.at("description").maybeText(), grammar);
        return new Function(name, description, Optional.of(schema()), Optional.empty(), origin);
    }

    /** A grammar cannot be held to elsewhere; the model can read it. */
    private static Optional<String> described(Optional<String> description, Spot grammar) throws Malformed {
        String definition = grammar.at("definition").textOrEmpty();
        if (definition.isEmpty()) {
            return description;
        }
        String head = description.map(text -> text + "\n\n").orElse("");
        return Optional.of(head + "The input has to keep to this grammar ("
                + grammar.at("syntax").textOrEmpty() + "):\n" + definition);
    }

    private static JsonNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("properties").putObject(INPUT).put("type", "string");
        schema.putArray("required").add(INPUT);
        return schema;
    }

    /** The names of those that a client of a dialect offers, where nothing else is said in a way of its own. */
    static Set<String> named(Tools tools, Dialect dialect) {
        Set<String> names = new HashSet<>(0);
        for (Tools.Tool tool : tools.all()) {
            if (tool instanceof Tools.Wrapped wrapped && wrapped.origin().in(dialect)) {
                wrapped.functions().forEach(function -> names.add(function.name()));
            }
        }
        return Set.copyOf(names);
    }

    /** The arguments of the function that stands for one. */
    static String arguments(String input) {
        return JsonNodeFactory.instance.objectNode().put(INPUT, input).toString();
    }

    /** The text for one; what is no such argument is taken for the text itself. */
    static String input(String arguments) {
        JsonNode input = AnthropicBlocks.input(arguments).path(INPUT);
        return input.isTextual() ? input.textValue() : arguments;
    }
}
