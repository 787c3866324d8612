package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads requests of {@code ollama.chat}. */
record OllamaChatReader() implements ChatReader {

    private static final Dialect OWN = Dialect.OLLAMA_CHAT;
    private static final Set<String> SAID = Set.of("role", "content", "images", "thinking", "tool_calls");
    private static final Set<String> RESULT = Set.of("role", "content", "images", "tool_name", "tool_call_id");
    private static final Set<String> CALL = Set.of("id", "type", "function");

    @Override
    public Chat read(Spot request) throws Malformed {
        List<Turn> turns = new ArrayList<>();
        for (Spot message : request.anObject().at("messages").each()) {
            turns.add(turn(message.anObject()));
        }
        return new OllamaRequest(OWN, request)
                .chat(turns, OllamaTools.read(request.at("tools")), Set.of("messages", "tools"));
    }

    private static Turn turn(Spot message) throws Malformed {
        return switch (message.at("role").text()) {
            case "system" -> said(Role.SYSTEM, message);
            case "user" -> said(Role.USER, message);
            case "assistant" -> said(Role.ASSISTANT, message);
            case "tool" -> result(message);
            default -> throw message.at("role").wrong("\"system\", \"user\", \"assistant\" or \"tool\"");
        };
    }

    private static Turn said(Role role, Spot message) throws Malformed {
        List<Part> parts = new ArrayList<>();
        message.at("thinking")
                .maybeText()
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> parts.add(new Part.Thinking(text, Seal.in(OWN, ""), at(message, "thinking"))));
        parts.addAll(content(message));
        for (Spot call : message.at("tool_calls").each()) {
            parts.add(call(call.anObject()));
        }
        return new Turn(role, parts, true, message.origin(OWN, SAID));
    }

    /** Images stand before the text, where the model gets to see them. */
    private static List<Part> content(Spot message) throws Malformed {
        List<Part> parts = new ArrayList<>(OllamaImages.read(OWN, message.at("images")));
        String text = message.at("content").textOrEmpty();
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text, at(message, "content")));
        }
        return parts;
    }

    private static Origin at(Spot message, String member) {
        return Origin.at(OWN, message.at(member).pointer());
    }

    private static Part call(Spot call) throws Malformed {
        Spot function = call.at("function").anObject();
        return new Part.ToolCall(
                call.at("id").textOrEmpty(),
                function.at("name").text(),
                arguments(function.at("arguments")),
                call.origin(OWN, CALL, "function", Set.of("name", "arguments", "index")));
    }

    private static String arguments(Spot arguments) throws Malformed {
        JsonNode given = arguments.node();
        return given.isObject() ? given.toString() : arguments.textOrEmpty();
    }

    private static Turn result(Spot message) throws Malformed {
        Part result = new Part.ToolResult(
                message.at("tool_call_id").textOrEmpty(),
                message.at("tool_name").textOrEmpty(),
                content(message),
                true,
                Optional.empty(),
                message.origin(OWN, RESULT));
        return new Turn(Role.TOOL, List.of(result), true, Origin.at(OWN, message.pointer()));
    }
}
