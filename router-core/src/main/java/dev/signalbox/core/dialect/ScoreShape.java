package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Capability;
import java.util.Set;

/** {@code openai.score}: texts to be compared in pairs. All of them are one message of the user. */
record ScoreShape() implements RequestShape {

    @Override
    public Set<String> spoken() {
        return Set.of("text_1", "text_2", "queries", "documents");
    }

    @Override
    public void read(ObjectNode members, Transcript transcript) {
        for (String member : new String[] {"text_1", "queries", "text_2", "documents"}) {
            Content.plain(members.path(member), transcript);
        }
        transcript.said("user");
    }

    @Override
    public Set<Capability> needs(Facts facts) {
        return Set.of(Capability.RERANK);
    }
}
