package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Edit;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** {@code ollama.generate}: one prompt, a system prompt beside it; streams unless told not to. */
record OllamaGenerateShape() implements RequestShape {

    @Override
    public boolean streamsByDefault() {
        return true;
    }

    @Override
    public Set<String> spoken() {
        return Set.of("system", "prompt", "suffix", "images");
    }

    @Override
    public void read(ObjectNode members, Transcript transcript) {
        if (members.path("system").isTextual()) {
            transcript.text(members.path("system").textValue());
            transcript.systemAt("/system", false);
            transcript.said("system");
        }
        Content.plain(members.path("prompt"), transcript);
        Content.plain(members.path("suffix"), transcript);
        OllamaMembers.images(members.path("images"), "/images", transcript);
        transcript.said("user");
    }

    @Override
    public Set<Capability> needs(Facts facts) {
        boolean completes =
                Truth.of(facts.tree("suffix")) || facts.index().isTrue("raw"); // else it is a chat of one turn
        Set<Capability> needs = EnumSet.of(completes ? Capability.COMPLETIONS : Capability.CHAT);
        OllamaMembers.needs(facts, needs);
        return needs;
    }

    @Override
    public OptionalLong maxTokens(Facts facts) {
        return OllamaMembers.maxTokens(facts);
    }

    @Override
    public List<Edit> beginInstruction(Facts facts, String text) {
        return Instruction.member(facts, "system", text);
    }

    @Override
    public List<Edit> drop(Facts facts, Capability capability) {
        return OllamaMembers.drop(facts, capability);
    }
}
