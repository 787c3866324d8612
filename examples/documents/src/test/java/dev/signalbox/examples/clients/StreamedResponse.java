package dev.signalbox.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** Follows a stream of the Responses API as Codex does, which takes items when they are done and wants an end. */
final class StreamedResponse {

    private StreamedResponse() {}

    /** The whole response, as its last event tells it. */
    static JsonNode of(String stream) {
        List<JsonNode> events = Event.of(stream).stream()
                .peek(event -> assertThat(event.json().path("type").asText()).isEqualTo(event.name()))
                .map(Event::json)
                .toList();
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).path("sequence_number").asInt(-1)).isEqualTo(i);
        }
        assertThat(events.getFirst().path("type").asText()).isEqualTo("response.created");
        assertThat(events.getLast().path("type").asText()).isEqualTo("response.completed");
        JsonNode response = events.getLast().path("response");
        assertThat(response.path("id").asText())
                .isNotEmpty()
                .isEqualTo(events.getFirst().at("/response/id").asText());
        assertThat(items(events)).isEqualTo(response.path("output"));
        assertThat(texts(events)).isEqualTo(text(response));
        return response;
    }

    /** The items in order, each of which has to begin and to end before the next one. */
    private static ArrayNode items(List<JsonNode> events) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        String open = "";
        for (JsonNode event : events) {
            String id = event.at("/item/id").asText();
            switch (event.path("type").asText()) {
                case "response.output_item.added" -> {
                    assertThat(open).as("the item before is done").isEmpty();
                    assertThat(event.path("output_index").asInt(-1)).isEqualTo(items.size());
                    open = id;
                }
                case "response.output_item.done" -> {
                    assertThat(id).isNotEmpty().isEqualTo(open);
                    items.add(event.path("item"));
                    open = "";
                }
                default -> {} // grows one of them
            }
        }
        return items;
    }

    private static String texts(List<JsonNode> events) {
        StringBuilder all = new StringBuilder();
        for (JsonNode event : events) {
            if (event.path("type").asText().equals("response.output_text.delta")) {
                all.append(event.path("delta").asText());
            }
        }
        return all.toString();
    }

    /** All that it says. */
    static String text(JsonNode response) {
        StringBuilder all = new StringBuilder();
        for (JsonNode item : response.path("output")) {
            item.path("content").forEach(part -> all.append(part.path("text").asText("")));
        }
        return all.toString();
    }
}
