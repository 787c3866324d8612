package dev.signalbox.core.translate;

import static dev.signalbox.api.Dialect.OPENAI_RESPONSES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.core.translate.Tools.Function;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tools of {@code openai.responses} that every other dialect calls functions: {@linkplain TextTools custom ones}, and those of
 * a namespace. A function that stands for a tool of a namespace has both names in its own. Immutable.
 *
 * @param custom the names of custom tools
 * @param spaced tools of namespaces, by the names of their functions
 */
record ResponsesNames(Set<String> custom, Map<String, Spaced> spaced) {

    private static final String BORDER = "__";
    private static final Set<String> FUNCTION = Set.of("type", "name", "description", "parameters", "strict");

    /** A tool of a namespace. */
    record Spaced(String namespace, String name) {}

    ResponsesNames {
        custom = Set.copyOf(custom);
        spaced = Map.copyOf(spaced);
    }

    /** Those of a request in this dialect; none of any other. */
    static ResponsesNames of(Tools tools) {
        Set<String> custom = new HashSet<>();
        Map<String, Spaced> spaced = new HashMap<>();
        for (Tools.Tool tool : tools.all()) {
            if (tool instanceof Tools.Wrapped wrapped && wrapped.origin().in(OPENAI_RESPONSES)) {
                learn(wrapped.whole(), "", custom, spaced);
            }
        }
        return new ResponsesNames(custom, spaced);
    }

    private static void learn(JsonNode tool, String namespace, Set<String> custom, Map<String, Spaced> spaced) {
        String name = tool.path("name").asText("");
        if (isNamespace(tool)) {
            tool.path("tools").forEach(each -> learn(each, name, custom, spaced));
            return;
        }
        String flat = flat(namespace, name);
        if (TextTools.isOne(tool)) {
            custom.add(flat);
        }
        if (!namespace.isEmpty()) {
            spaced.put(flat, new Spaced(namespace, name));
        }
    }

    /** Whether it is several tools under one name. */
    static boolean isNamespace(JsonNode tool) {
        return tool.path("type").asText("").equals("namespace");
    }

    /** The functions that stand for a custom tool, or for the tools of a namespace. */
    static List<Function> functions(Spot tool) throws Malformed {
        if (!isNamespace(tool.node())) {
            return List.of(function(tool, ""));
        }
        String namespace = tool.at("name").text();
        List<Function> functions = new ArrayList<>();
        for (Spot each : tool.at("tools").each()) {
            String type = each.anObject().at("type").maybeText().orElse("function");
            if (type.equals("function") || TextTools.isOne(each.node())) { // others are the server's own
                functions.add(function(each, namespace));
            }
        }
        return functions;
    }

    private static Function function(Spot tool, String namespace) throws Malformed {
        String name = flat(namespace, tool.at("name").text());
        if (TextTools.isOne(tool.node())) {
            return TextTools.function(name, tool, tool.at("format"), Origin.at(OPENAI_RESPONSES, tool.pointer()));
        }
        return new Function(
                name,
                tool.at("description").maybeText(),
                tool.at("parameters").object(),
                tool.at("strict").flag(),
                tool.origin(OPENAI_RESPONSES, FUNCTION));
    }

    /** The name of the function that stands for a tool. */
    static String flat(String namespace, String name) {
        boolean border = namespace.isEmpty() || namespace.endsWith(BORDER);
        return namespace + (border ? "" : BORDER) + name;
    }

    /** Says the name of a tool that is called. */
    void name(String function, ObjectNode call) {
        Optional<Spaced> known = Optional.ofNullable(spaced.get(function));
        call.put("name", known.map(Spaced::name).orElse(function));
        known.ifPresent(each -> call.put("namespace", each.namespace()));
    }
}
