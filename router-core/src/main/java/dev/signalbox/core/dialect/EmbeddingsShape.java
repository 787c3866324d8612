package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Capability;
import java.util.Set;

/** {@code openai.embeddings}, {@code ollama.embed} and {@code ollama.embeddings}: texts, or tokens, to be embedded. */
record EmbeddingsShape() implements RequestShape {

    @Override
    public Set<String> spoken() {
        return Set.of("input", "prompt");
    }

    @Override
    public void read(ObjectNode members, Transcript transcript) {
        Content.plain(members.path("input"), transcript);
        Content.plain(members.path("prompt"), transcript);
        transcript.said("user");
    }

    @Override
    public Set<Capability> needs(Facts facts) {
        return Set.of(Capability.EMBEDDINGS);
    }
}
