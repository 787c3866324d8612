package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signalbox.api.Headers;
import dev.signalbox.core.json.JsonIndex;
import java.util.stream.Stream;

/** What ties a request to earlier ones: what its client says of that, in a header or in the body. */
record Ties(Headers headers, Facts facts) {

    private static final int LONGEST = 4096;

    /** The name of the session; empty if nothing is said of one. */
    String session() {
        Stream<String> said = Stream.of("prompt_cache_key", "user", "safety_identifier")
                .map(name -> small(name).asText(""));
        Stream<String> metadata =
                Stream.of("metadata").map(name -> small(name).path("user_id").asText(""));
        return Stream.of(headers.first("X-Signalbox-Session").stream(), said, metadata)
                .flatMap(each -> each)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** A member as a tree; nothing if it is so long that it cannot be a name. */
    private JsonNode small(String name) {
        boolean fits = facts.index()
                .member(name)
                .filter(member -> nextAfter(member) - member.value().start() <= LONGEST)
                .isPresent();
        return fits ? facts.tree(name) : MissingNode.getInstance();
    }

    private long nextAfter(JsonIndex.Member member) {
        return facts.index().members().stream()
                .mapToLong(JsonIndex.Member::nameAt)
                .filter(at -> at > member.nameAt())
                .min()
                .orElse(facts.index().close());
    }
}
