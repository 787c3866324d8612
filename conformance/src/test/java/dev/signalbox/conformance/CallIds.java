package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.testkit.ReceivedRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * The ids by which calls of tools, and what came of them, belong together in a request of any dialect.
 *
 * @param named whether the dialect cannot do without
 * @param ids all of them, in the order of the text
 */
record CallIds(boolean named, List<String> ids) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of("tool_call_id", "tool_use_id", "call_id");

    static CallIds of(ReceivedRequest request) throws JsonProcessingException {
        List<String> ids = new ArrayList<>();
        collect(JSON.readTree(request.text()), ids);
        return new CallIds(!request.path().startsWith("/api/"), ids);
    }

    private static void collect(JsonNode node, List<String> ids) {
        boolean call = node.has("function") || node.path("type").asText().equals("tool_use");
        node.properties().forEach(member -> {
            boolean id =
                    NAMES.contains(member.getKey()) || call && member.getKey().equals("id");
            if (id && member.getValue().isTextual()) {
                ids.add(member.getValue().asText());
            }
        });
        node.forEach(child -> collect(child, ids));
    }

    /** Fails unless there are so many calls, and their results in order; results without ids are read in order anyway. */
    void areThoseOfCallsAndWhatCameOfThem(int calls) {
        if (named || ids.size() > calls) {
            assertThat(ids).hasSize(2 * calls);
            assertThat(ids.subList(0, calls)).doesNotHaveDuplicates().isEqualTo(ids.subList(calls, 2 * calls));
        }
    }
}
