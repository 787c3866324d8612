package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Edit;
import dev.signalbox.core.json.JsonIndex.Kind;
import dev.signalbox.core.json.JsonIndex.Member;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code anthropic.messages} and {@code anthropic.count-tokens}: blocks of content, and the system prompt beside the
 * messages. A tool's result stands inside a user's message; it is read as a message of role {@code tool} of its own.
 *
 * @param counted whether nothing is asked but how long it is
 */
record MessagesShape(boolean counted) implements RequestShape {

    @Override
    public Set<String> spoken() {
        return Set.of("system", "messages");
    }

    @Override
    public void read(ObjectNode members, Transcript transcript) {
        JsonNode system = members.path("system");
        if (system.isTextual() || system.isArray()) {
            Content.read(system, "/system", transcript);
            transcript.systemAt("/system", system.isArray());
            transcript.said("system");
        }
        JsonNode messages = members.path("messages");
        for (int i = 0; i < messages.size(); i++) {
            message(messages.get(i), "/messages/" + i, transcript);
        }
    }

    private static void message(JsonNode message, String pointer, Transcript transcript) {
        transcript.speaks(pointer, message.path("role").asText("").equals("system"));
        JsonNode content = message.path("content");
        boolean results = false;
        for (int i = 0; content.isArray() && i < content.size(); i++) {
            if (content.get(i).path("type").asText("").equals("tool_result")) {
                Content.read(content.get(i).path("content"), pointer + "/content/" + i + "/content", transcript);
                transcript.said("tool");
                results = true;
            }
        }
        Content.read(content, pointer + "/content", transcript);
        if (results) {
            transcript.saidIfAnything(message.path("role").asText(""));
        } else {
            transcript.said(message.path("role").asText(""));
        }
    }

    @Override
    public List<String> tools(Facts facts) {
        return RequestShape.each(facts.tree("tools"), "name");
    }

    @Override
    public Set<Capability> needs(Facts facts) {
        Set<Capability> needs = EnumSet.of(Capability.CHAT);
        OpenAiNeeds.senses(facts, needs);
        if (facts.index().filled("tools") && !type(facts.tree("tool_choice")).equals("none")) {
            needs.add(Capability.TOOLS);
        }
        OpenAiNeeds.toolChoice(facts, needs);
        if (!Set.of("", "disabled").contains(type(facts.tree("thinking")))) {
            needs.add(Capability.REASONING);
        }
        needs.addAll(OpenAiNeeds.form(facts.tree("output_config").path("format")));
        needs.addAll(OpenAiNeeds.form(facts.tree("output_format")));
        return needs;
    }

    private static String type(JsonNode node) {
        return node.path("type").asText("");
    }

    @Override
    public OptionalLong maxTokens(Facts facts) {
        return RequestShape.count(facts.index(), "max_tokens");
    }

    @Override
    public List<Edit> beginInstruction(Facts facts, String text) {
        return Instruction.member(facts, "system", text);
    }

    @Override
    public List<Edit> drop(Facts facts, Capability capability) {
        return switch (capability) {
            case TOOLS -> Drops.members(facts.index(), capability, "tools", "tool_choice");
            case TOOL_CHOICE -> Drops.members(facts.index(), capability, "tool_choice");
            case REASONING -> Drops.members(facts.index(), capability, "thinking");
            case VISION -> Drops.parts(facts.images(), capability, "text", "image");
            case JSON, JSON_SCHEMA -> {
                List<Edit> edits = new ArrayList<>(Drops.nested(facts, capability, "output_config", "format"));
                edits.addAll(Drops.members(facts.index(), capability, "output_format"));
                yield edits;
            }
            default -> List.of();
        };
    }

    /** An estimate asks nobody who would say so. */
    @Override
    public void check(Facts facts) throws BadRequest {
        Optional<Member> messages = facts.index().present("messages");
        if (counted && messages.filter(member -> member.kind() == Kind.ARRAY).isEmpty()) {
            String seen = messages.map(member -> member.kind().inWords()).orElse("missing");
            throw BadRequest.member("messages", "it is %s; an array is expected".formatted(seen));
        }
    }
}
