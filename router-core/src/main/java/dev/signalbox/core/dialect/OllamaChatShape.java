package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Edit;
import dev.signalbox.api.JsonText;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** {@code ollama.chat}: messages of plain text with images beside it; streams unless told not to. */
record OllamaChatShape() implements RequestShape {

    @Override
    public boolean streamsByDefault() {
        return true;
    }

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
        if (role.equals("system")) {
            transcript.systemAt(pointer + "/content", false);
        }
        Content.read(message.path("content"), pointer + "/content", transcript);
        OllamaMembers.images(message.path("images"), pointer + "/images", transcript);
        for (JsonNode call : message.path("tool_calls")) {
            transcript.call(
                    call.path("function").path("name").asText(""),
                    call.path("function").path("arguments"));
        }
        transcript.said(role);
    }

    @Override
    public List<String> tools(Facts facts) {
        return RequestShape.each(facts.tree("tools"), "function", "name");
    }

    @Override
    public Set<Capability> needs(Facts facts) {
        Set<Capability> needs = EnumSet.of(Capability.CHAT);
        OpenAiNeeds.tools(facts, needs);
        OllamaMembers.needs(facts, needs);
        return needs;
    }

    @Override
    public OptionalLong maxTokens(Facts facts) {
        return OllamaMembers.maxTokens(facts);
    }

    /** Where nothing is said the model is only to be loaded, and need not be told anything. */
    @Override
    public List<Edit> beginInstruction(Facts facts, String text) {
        if (!facts.index().filled("messages")) {
            return List.of();
        }
        return List.of(
                Edit.insert("/messages/0", "{\"role\":\"system\",\"content\":%s}".formatted(JsonText.quote(text))));
    }

    @Override
    public List<Edit> drop(Facts facts, Capability capability) {
        return OllamaMembers.drop(facts, capability);
    }
}
