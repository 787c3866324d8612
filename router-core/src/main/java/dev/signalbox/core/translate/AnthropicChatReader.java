package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.translate.Sampling.Knob;
import dev.signalbox.core.translate.Turn.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads requests of {@code anthropic.messages}. */
record AnthropicChatReader() implements ChatReader {

    private static final Dialect OWN = Dialect.ANTHROPIC_MESSAGES;

    static final Map<Knob, String> KNOBS =
            Map.of(Knob.TEMPERATURE, "temperature", Knob.TOP_P, "top_p", Knob.TOP_K, "top_k");

    private static final Set<String> KNOWN = Set.of(
            "model",
            "system",
            "messages",
            "max_tokens",
            "temperature",
            "top_p",
            "top_k",
            "stop_sequences",
            "stream",
            "tools",
            "tool_choice",
            "thinking",
            "output_config",
            "output_format",
            "metadata");

    @Override
    public Chat read(Spot request) throws Malformed {
        request.anObject();
        if (!request.at("messages").there()) {
            throw request.at("messages").wrong("an array");
        }
        boolean streamed = request.at("stream").isTrue();
        return new Chat(
                turns(request),
                AnthropicTools.read(request),
                sampling(request),
                AnthropicForm.read(request),
                AnthropicForm.reasoning(request),
                new User(request.at("metadata").at("user_id").maybeText(), Optional.empty()),
                streamed,
                streamed, // nobody has to ask: every stream of this dialect tells it
                origin(request));
    }

    /** What stands beside the words that are known in members of members, too. */
    private static Origin origin(Spot request) {
        Map<String, JsonNode> rest =
                new LinkedHashMap<>(request.origin(OWN, KNOWN).rest());
        inside(request, "metadata", Set.of("user_id"), rest);
        inside(request, "output_config", Set.of("format", "effort"), rest);
        return new Origin(OWN, "", rest);
    }

    private static void inside(Spot request, String member, Set<String> known, Map<String, JsonNode> rest) {
        request.at(member).origin(OWN, known).rest().forEach((name, value) -> rest.put(member + "." + name, value));
    }

    private static List<Turn> turns(Spot request) throws Malformed {
        List<Turn> turns = new ArrayList<>();
        if (request.at("system").there()) {
            turns.add(turn(Role.SYSTEM, request.at("system"), Origin.at(OWN, "/system")));
        }
        for (Spot message : request.at("messages").each()) {
            Role role = role(message.anObject().at("role"));
            turns.add(turn(role, message.at("content"), message.origin(OWN, Set.of("role", "content"))));
        }
        return turns;
    }

    private static Turn turn(Role role, Spot content, Origin origin) throws Malformed {
        return new Turn(role, AnthropicParts.read(content), !content.node().isArray(), origin);
    }

    private static Role role(Spot role) throws Malformed {
        return switch (role.text()) {
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "system" -> Role.SYSTEM;
            default -> throw role.wrong("\"user\", \"assistant\" or \"system\"");
        };
    }

    private static Sampling sampling(Spot request) throws Malformed {
        return new Sampling(
                Knobs.read(request, KNOBS),
                request.at("max_tokens").count(),
                request.at("stop_sequences").texts(),
                Optional.empty());
    }
}
