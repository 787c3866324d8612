package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Edit;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** {@code openai.completions}: text, or tokens, to be continued. There is no system prompt. */
record CompletionsShape() implements RequestShape {

    @Override
    public Set<String> spoken() {
        return Set.of("prompt", "suffix");
    }

    @Override
    public void read(ObjectNode members, Transcript transcript) {
        Content.plain(members.path("prompt"), transcript);
        Content.plain(members.path("suffix"), transcript);
        transcript.said("user");
    }

    @Override
    public Set<Capability> needs(Facts facts) {
        Set<Capability> needs = EnumSet.of(Capability.COMPLETIONS);
        if (Truth.of(facts.tree("logprobs"))) {
            needs.add(Capability.LOGPROBS);
        }
        needs.addAll(OpenAiNeeds.form(facts.tree("response_format")));
        return needs;
    }

    @Override
    public OptionalLong maxTokens(Facts facts) {
        return RequestShape.count(facts.index(), "max_tokens");
    }

    /** The best of several are told: all of them are made. */
    @Override
    public long answers(Facts facts) {
        return Math.max(
                RequestShape.count(facts.index(), "n").orElse(1),
                RequestShape.count(facts.index(), "best_of").orElse(1));
    }

    @Override
    public List<Edit> drop(Facts facts, Capability capability) {
        return switch (capability) {
            case LOGPROBS -> Drops.members(facts.index(), capability, "logprobs");
            case JSON, JSON_SCHEMA -> Drops.members(facts.index(), capability, "response_format");
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
