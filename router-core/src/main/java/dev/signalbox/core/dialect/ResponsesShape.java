package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Edit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** {@code openai.responses}: items instead of messages, and the system prompt in {@code instructions}. */
record ResponsesShape() implements RequestShape {

    private static final String INSTRUCTIONS = "instructions";

    @Override
    public Set<String> spoken() {
        return Set.of(INSTRUCTIONS, "input");
    }

    @Override
    public void read(ObjectNode members, Transcript transcript) {
        if (members.path(INSTRUCTIONS).isTextual()) {
            transcript.text(members.path(INSTRUCTIONS).textValue());
            transcript.systemAt("/" + INSTRUCTIONS, false);
            transcript.said("system");
        }
        JsonNode input = members.path("input");
        if (input.isTextual()) {
            transcript.text(input.textValue());
            transcript.said("user");
        }
        for (int i = 0; input.isArray() && i < input.size(); i++) {
            item(input.get(i), "/input/" + i, transcript);
        }
    }

    private static void item(JsonNode item, String pointer, Transcript transcript) {
        switch (item.path("type").asText("message")) {
            case "message" -> {
                Content.read(item.path("content"), pointer + "/content", transcript);
                transcript.said(item.path("role").asText(""));
            }
            case "function_call" -> transcript.call(item.path("name").asText(""), item.path("arguments"));
            case "custom_tool_call" -> transcript.call(item.path("name").asText(""), item.path("input"));
            case "function_call_output", "custom_tool_call_output" -> {
                Content.read(item.path("output"), pointer + "/output", transcript);
                transcript.said("tool");
            }
            default -> {
                // reasoning and references to stored items say nothing that is ours to read
            }
        }
    }

    /** A tool that the server brings along has no name but its type. */
    @Override
    public List<String> tools(Facts facts) {
        List<String> names = new ArrayList<>();
        for (JsonNode tool : facts.tree("tools")) {
            names.add(tool.path("name").asText(tool.path("type").asText("")));
        }
        return names;
    }

    @Override
    public Set<Capability> needs(Facts facts) {
        Set<Capability> needs = EnumSet.of(Capability.CHAT);
        OpenAiNeeds.tools(facts, needs);
        OpenAiNeeds.toolChoice(facts, needs);
        OpenAiNeeds.senses(facts, needs);
        needs.addAll(OpenAiNeeds.form(facts.tree("text").path("format")));
        if (OpenAiNeeds.effort(facts.tree("reasoning").path("effort").asText(""))) {
            needs.add(Capability.REASONING);
        }
        if (Truth.of(facts.tree("top_logprobs"))) {
            needs.add(Capability.LOGPROBS);
        }
        return needs;
    }

    @Override
    public OptionalLong maxTokens(Facts facts) {
        return RequestShape.count(facts.index(), "max_output_tokens");
    }

    @Override
    public String partType() {
        return "input_text";
    }

    @Override
    public List<Edit> beginInstruction(Facts facts, String text) {
        return Instruction.member(facts, INSTRUCTIONS, text);
    }

    @Override
    public List<Edit> drop(Facts facts, Capability capability) {
        return switch (capability) {
            case TOOLS ->
                Drops.members(
                        facts.index(), capability, "tools", "tool_choice", "parallel_tool_calls", "max_tool_calls");
            case TOOL_CHOICE -> Drops.members(facts.index(), capability, "tool_choice");
            case PARALLEL_TOOLS -> Drops.members(facts.index(), capability, "parallel_tool_calls");
            case REASONING -> Drops.members(facts.index(), capability, "reasoning");
            case LOGPROBS -> Drops.members(facts.index(), capability, "top_logprobs");
            case JSON, JSON_SCHEMA -> Drops.nested(facts, capability, "text", "format");
            case VISION -> Drops.parts(facts.images(), capability, "input_text", "image");
            case AUDIO -> Drops.parts(facts.sounds(), capability, "input_text", "audio");
            default -> List.of();
        };
    }
}
