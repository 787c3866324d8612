package dev.signalbox.core.translate;

import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the messages of one request of {@code openai.chat}. One thread uses it. */
final class OpenAiTurns {

    private static final Dialect OWN = Dialect.OPENAI_CHAT;
    private static final Set<String> CALL = Set.of("id", "type", "function", "index");
    private static final Set<String> CUSTOM = Set.of("id", "type", "custom", "index");
    private static final Set<String> MESSAGE = Set.of("role", "content");
    private static final Set<String> ASSISTANT =
            Set.of("role", "content", "refusal", "reasoning_content", "reasoning", "tool_calls", "function_call");

    private final List<String> functions =
            new ArrayList<>(0); // calls without an id, by name; their results come in order

    /** All of them. */
    List<Turn> read(Spot messages) throws Malformed {
        List<Turn> turns = new ArrayList<>();
        for (Spot message : messages.each()) {
            turns.add(turn(message.anObject()));
        }
        return turns;
    }

    private Turn turn(Spot message) throws Malformed {
        String role = message.at("role").text();
        return switch (role) {
            case "system" -> said(Role.SYSTEM, message);
            case "developer" -> said(Role.DEVELOPER, message);
            case "user" -> said(Role.USER, message);
            case "assistant" -> assistant(message);
            case "tool" -> result(message, message.at("tool_call_id").textOrEmpty(), "");
            case "function" -> {
                String name = message.at("name").text();
                yield result(message, answered(name), name);
            }
            default ->
                throw message.at("role")
                        .wrong("\"system\", \"developer\", \"user\", \"assistant\", \"tool\" or \"function\"");
        };
    }

    private static Turn said(Role role, Spot message) throws Malformed {
        Spot content = message.at("content");
        return new Turn(role, OpenAiParts.read(content), !content.node().isArray(), message.origin(OWN, MESSAGE));
    }

    private Turn assistant(Spot message) throws Malformed {
        Origin origin = message.origin(OWN, ASSISTANT);
        List<Part> parts = new ArrayList<>();
        String thought = thought(message);
        if (!thought.isEmpty()) {
            parts.add(
                    new Part.Thinking(thought, Seal.in(OWN, ""), Origin.at(OWN, origin.pointer("reasoning_content"))));
        }
        parts.addAll(OpenAiParts.read(message.at("content")));
        message.at("refusal")
                .maybeText()
                .ifPresent(text -> parts.add(new Part.Refusal(text, Origin.at(OWN, origin.pointer("refusal")))));
        for (Spot call : message.at("tool_calls").each()) {
            parts.add(call(call.anObject()));
        }
        if (message.at("function_call").there()) {
            parts.add(legacyCall(message.at("function_call").anObject()));
        }
        return new Turn(Role.ASSISTANT, parts, !message.at("content").node().isArray(), origin);
    }

    /** Where a server has both words they say the same. */
    private static String thought(Spot message) throws Malformed {
        String thought = message.at("reasoning_content").textOrEmpty();
        return thought.isEmpty() && message.at("reasoning").node().isTextual()
                ? message.at("reasoning").text()
                : thought;
    }

    private static Part call(Spot call) throws Malformed {
        if (TextTools.isOne(call.node())) {
            return custom(call, call.at("custom").anObject());
        }
        String type = call.at("type").maybeText().orElse("function");
        if (!type.equals("function")) {
            return new Part.Foreign("tool_calls." + type, call.node(), Origin.at(OWN, call.pointer()));
        }
        Spot function = call.at("function").anObject();
        return new Part.ToolCall(
                call.at("id").textOrEmpty(),
                function.at("name").text(),
                arguments(function.at("arguments")),
                call.origin(OWN, CALL, "function", Set.of("name", "arguments")));
    }

    private static Part custom(Spot call, Spot custom) throws Malformed {
        return new Part.ToolCall(
                call.at("id").textOrEmpty(),
                custom.at("name").text(),
                TextTools.arguments(custom.at("input").textOrEmpty()),
                call.origin(OWN, CUSTOM, TextTools.TYPE, Set.of("name", "input")));
    }

    private static String arguments(Spot arguments) throws Malformed {
        return arguments.node().isObject() ? arguments.node().toString() : arguments.textOrEmpty();
    }

    private Part legacyCall(Spot call) throws Malformed {
        String name = call.at("name").text();
        functions.add(name);
        return new Part.ToolCall(
                "call_f" + functions.size(),
                name,
                arguments(call.at("arguments")),
                call.origin(OWN, Set.of("name", "arguments")));
    }

    private String answered(String name) {
        return "call_f" + Math.max(1, functions.lastIndexOf(name) + 1);
    }

    private static Turn result(Spot message, String id, String name) throws Malformed {
        Spot content = message.at("content");
        Origin origin = message.origin(OWN, Set.of("role", "content", "tool_call_id"));
        boolean plain = !content.node().isArray();
        Part result = new Part.ToolResult(id, name, OpenAiParts.read(content), plain, Optional.empty(), origin);
        return new Turn(Role.TOOL, List.of(result), plain, Origin.at(OWN, message.pointer()));
    }
}
