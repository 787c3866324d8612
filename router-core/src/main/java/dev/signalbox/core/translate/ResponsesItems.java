package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Turn.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what one request of {@code openai.responses} says: instructions, and items. What the model thought, said and called
 * one after the other is one turn of its. One thread uses it.
 */
final class ResponsesItems {

    private static final Dialect OWN = Dialect.OPENAI_RESPONSES;
    private static final Set<String> MESSAGE = Set.of("type", "role", "content", "id", "status");
    private static final Set<String> REASONING =
            Set.of("type", "summary", "content", "encrypted_content", "id", "status");
    private static final Set<String> CALL = Set.of("type", "call_id", "namespace", "name", "arguments", "id", "status");
    private static final Set<String> CUSTOM = Set.of("type", "call_id", "namespace", "name", "input", "id", "status");
    private static final Set<String> OUTPUT = Set.of("type", "call_id", "output", "id", "status");

    private final List<Turn> turns = new ArrayList<>();
    private final List<Part> said = new ArrayList<>(); // by the model, in the turn that is open
    private final Map<String, JsonNode> rest = new LinkedHashMap<>(0); // of its message
    private String pointer = "";
    private boolean plain = true;
    private boolean worded;
    private boolean called;

    List<Turn> read(Spot request) throws Malformed {
        Spot instructions = request.at("instructions");
        if (instructions.there()) {
            List<Part> words = List.of(new Part.Text(instructions.text(), Origin.at(OWN, instructions.pointer())));
            turns.add(new Turn(Role.SYSTEM, words, true, Origin.at(OWN, instructions.pointer())));
        }
        Spot input = request.at("input");
        if (input.node().isTextual()) {
            turns.add(new Turn(Role.USER, ResponsesParts.read(input), true, Origin.at(OWN, input.pointer())));
            return turns;
        }
        if (!input.node().isArray()) {
            throw input.wrong("a string or an array");
        }
        for (Spot item : input.each()) {
            item(item.anObject());
        }
        close();
        return turns;
    }

    private void item(Spot item) throws Malformed {
        String type = item.at("type").maybeText().orElse("message");
        switch (type) {
            case "message" -> message(item);
            case "reasoning" -> add(item, thought(item));
            case "function_call" -> {
                add(item, call(item));
                called = true;
            }
            case "custom_tool_call" -> {
                add(item, custom(item));
                called = true;
            }
            case "function_call_output", "custom_tool_call_output" -> result(item);
            case "item_reference" ->
                throw item.wrong("the item itself, for this server keeps none,"); // there is nothing to look it up in
            default -> foreign(type, item);
        }
    }

    private void message(Spot item) throws Malformed {
        String role = item.at("role").text();
        switch (role) {
            case "user" -> heard(Role.USER, item);
            case "system" -> heard(Role.SYSTEM, item);
            case "developer" -> heard(Role.DEVELOPER, item);
            case "assistant" -> {
                if (worded && !called) {
                    close();
                }
                open(item);
                worded = true;
                plain = !item.at("content").node().isArray();
                rest.putAll(item.origin(OWN, MESSAGE).rest());
                said.addAll(ResponsesParts.read(item.at("content")));
            }
            default -> throw item.at("role").wrong("\"user\", \"assistant\", \"system\" or \"developer\"");
        }
    }

    private void heard(Role role, Spot item) throws Malformed {
        close();
        Spot content = item.at("content");
        turns.add(new Turn(role, ResponsesParts.read(content), !content.node().isArray(), item.origin(OWN, MESSAGE)));
    }

    private static Part thought(Spot item) throws Malformed {
        List<String> words = new ArrayList<>();
        for (String kind : List.of("summary", "content")) {
            for (Spot part : words.isEmpty() ? item.at(kind).each() : List.<Spot>of()) {
                words.add(part.anObject().at("text").textOrEmpty());
            }
        }
        Seal encrypted = Seal.in(OWN, item.at("encrypted_content").textOrEmpty());
        Origin origin = item.origin(OWN, REASONING);
        return words.isEmpty() && !encrypted.isEmpty()
                ? new Part.Redacted(encrypted, origin)
                : new Part.Thinking(String.join("\n\n", words), encrypted, origin);
    }

    private static Part call(Spot item) throws Malformed {
        Spot arguments = item.at("arguments");
        return new Part.ToolCall(
                item.at("call_id").textOrEmpty(),
                name(item),
                arguments.node().isObject() ? arguments.node().toString() : arguments.textOrEmpty(),
                item.origin(OWN, CALL));
    }

    private static Part custom(Spot item) throws Malformed {
        String input = item.at("input").textOrEmpty();
        String id = item.at("call_id").textOrEmpty();
        return new Part.ToolCall(id, name(item), TextTools.arguments(input), item.origin(OWN, CUSTOM));
    }

    private static String name(Spot item) throws Malformed {
        return ResponsesNames.flat(
                item.at("namespace").textOrEmpty(), item.at("name").text());
    }

    private void result(Spot item) throws Malformed {
        close();
        Spot output = item.at("output");
        boolean words = !output.node().isArray();
        Part result = new Part.ToolResult(
                item.at("call_id").textOrEmpty(),
                "",
                ResponsesParts.read(output),
                words,
                Optional.empty(),
                item.origin(OWN, OUTPUT));
        turns.add(new Turn(Role.TOOL, List.of(result), words, Origin.at(OWN, item.pointer())));
    }

    /** What a tool of the server's own did is the model's; what somebody answered it stands among the results of others. */
    private void foreign(String type, Spot item) {
        Part part = new Part.Foreign(type, item.node(), Origin.at(OWN, item.pointer()));
        if (type.endsWith("_output") || type.endsWith("_response")) {
            close();
            turns.add(new Turn(Role.TOOL, List.of(part), false, Origin.at(OWN, item.pointer())));
        } else {
            add(item, part);
        }
    }

    private void add(Spot item, Part part) {
        boolean thinks = part instanceof Part.Thinking || part instanceof Part.Redacted;
        if (thinks && worded && !called) {
            close();
        }
        open(item);
        said.add(part);
    }

    private void open(Spot item) {
        pointer = said.isEmpty() ? item.pointer() : pointer;
    }

    private void close() {
        if (!said.isEmpty() || worded) {
            turns.add(new Turn(Role.ASSISTANT, said, plain, new Origin(OWN, pointer, rest)));
        }
        said.clear();
        rest.clear();
        plain = true;
        worded = false;
        called = false;
    }
}
