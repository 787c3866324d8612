package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Capability;
import java.util.Set;

/** {@code openai.rerank}: documents to be ordered by how well they fit a query. The query is the last user message. */
record RerankShape() implements RequestShape {

    @Override
    public Set<String> spoken() {
        return Set.of("query", "documents", "texts");
    }

    @Override
    public void read(ObjectNode members, Transcript transcript) {
        Content.plain(members.path("documents"), transcript);
        Content.plain(members.path("texts"), transcript);
        transcript.saidIfAnything("user");
        Content.plain(members.path("query"), transcript);
        transcript.said("user");
    }

    @Override
    public Set<Capability> needs(Facts facts) {
        return Set.of(Capability.RERANK);
    }
}
