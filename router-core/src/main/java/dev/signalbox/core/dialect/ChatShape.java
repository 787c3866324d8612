package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Edit;
import dev.signalbox.api.JsonText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** {@code openai.chat}. */
record ChatShape() implements RequestShape {

    @Override
    public Set<String> spoken() {
        return Set.of("messages");
    }

    @Override
    public void read(ObjectNode members, Transcript transcript) {
        JsonNode messages = members.path("messages");
        for (int i = 0; i < messages.size(); i++) {
            message(messages.get(i), "/messages/" + i, transcript);
        }
    }

    private static void message(JsonNode message, String pointer, Transcript transcript) {
        String role = message.path("role").asText("");
        JsonNode content = message.path("content");
        boolean instructs = role.equals("system") || role.equals("developer");
        transcript.speaks(pointer, instructs);
        if (instructs) {
            transcript.systemAt(pointer + "/content", content.isArray());
        }
        Content.read(content, pointer + "/content", transcript);
        for (JsonNode call : message.path("tool_calls")) {
            call(call.path("function"), "arguments", transcript);
            call(call.path("custom"), "input", transcript);
        }
        call(message.path("function_call"), "arguments", transcript);
        transcript.said(role.equals("function") ? "tool" : role);
    }

    private static void call(JsonNode said, String given, Transcript transcript) {
        if (said.isObject()) {
            transcript.call(said.path("name").asText(""), said.path(given));
        }
    }

    @Override
    public List<String> tools(Facts facts) {
        List<String> names = new ArrayList<>();
        for (JsonNode tool : facts.tree("tools")) {
            JsonNode held = tool.path("function").isObject() ? tool.path("function") : tool.path("custom");
            if (held.path("name").isTextual()) {
                names.add(held.path("name").textValue());
            }
        }
        return names.isEmpty() ? RequestShape.each(facts.tree("functions"), "name") : names;
    }

    @Override
    public Set<Capability> needs(Facts facts) {
        Set<Capability> needs = EnumSet.of(Capability.CHAT);
        OpenAiNeeds.tools(facts, needs);
        OpenAiNeeds.toolChoice(facts, needs);
        OpenAiNeeds.senses(facts, needs);
        needs.addAll(OpenAiNeeds.form(facts.tree("response_format")));
        if (facts.index().isTrue("logprobs")) {
            needs.add(Capability.LOGPROBS);
        }
        if (OpenAiNeeds.effort(facts.index().text("reasoning_effort"))
                || OpenAiNeeds.effort(facts.tree("reasoning").path("effort").asText(""))) {
            needs.add(Capability.REASONING);
        }
        if (facts.tree("modalities").toString().contains("\"audio\"")) {
            needs.add(Capability.AUDIO);
        }
        return needs;
    }

    @Override
    public OptionalLong maxTokens(Facts facts) {
        OptionalLong most = RequestShape.count(facts.index(), "max_completion_tokens");
        return most.isPresent() ? most : RequestShape.count(facts.index(), "max_tokens");
    }

    @Override
    public long answers(Facts facts) {
        return RequestShape.count(facts.index(), "n").orElse(1);
    }

    @Override
    public List<Edit> beginInstruction(Facts facts, String text) {
        return List.of(
                Edit.insert("/messages/0", "{\"role\":\"system\",\"content\":%s}".formatted(JsonText.quote(text))));
    }

    @Override
    public List<Edit> drop(Facts facts, Capability capability) {
        return switch (capability) {
            case TOOLS ->
                Drops.members(
                        facts.index(),
                        capability,
                        "tools",
                        "tool_choice",
                        "parallel_tool_calls",
                        "functions",
                        "function_call");
            case TOOL_CHOICE -> Drops.members(facts.index(), capability, "tool_choice", "function_call");
            case PARALLEL_TOOLS -> Drops.members(facts.index(), capability, "parallel_tool_calls");
            case REASONING -> Drops.members(facts.index(), capability, "reasoning_effort", "reasoning");
            case JSON, JSON_SCHEMA -> Drops.members(facts.index(), capability, "response_format");
            case LOGPROBS -> Drops.members(facts.index(), capability, "logprobs", "top_logprobs");
            case VISION -> Drops.parts(facts.images(), capability, "text", "image");
            case AUDIO -> {
                List<Edit> edits = Drops.members(facts.index(), capability, "modalities", "audio");
                edits.addAll(Drops.parts(facts.sounds(), capability, "text", "audio"));
                yield edits;
            }
            default -> List.of();
        };
    }

    @Override
    public boolean asksUsage(Facts facts) {
        return StreamOptions.askUsage(facts);
    }

    @Override
    public List<Edit> usageEdits(Facts facts) {
        return StreamOptions.usageEdits(facts);
    }
}
