package dev.signalbox.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Puts a stream of OpenAI's chats together as its clients do: into one message. For one thread. */
final class StreamedChat {

    private final ObjectNode message = JsonNodeFactory.instance.objectNode();
    private final ArrayNode calls = message.putArray("tool_calls");

    private StreamedChat() {}

    /** The message, with {@code finish_reason} and {@code usage} beside it. */
    static JsonNode of(String stream) {
        List<Event> events = Event.of(stream);
        assertThat(events.getLast().data()).isEqualTo("[DONE]");
        StreamedChat whole = new StreamedChat();
        List<JsonNode> chunks =
                events.subList(0, events.size() - 1).stream().map(Event::json).toList();
        assertThat(chunks)
                .extracting(chunk -> chunk.path("id").asText(""))
                .doesNotContain("")
                .hasSameElementsAs(List.of(chunks.getFirst().path("id").asText()));
        assertThat(chunks.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        chunks.forEach(whole::take);
        assertThat(whole.message.path("finish_reason").asText("")).isNotEmpty();
        return whole.message;
    }

    private void take(JsonNode chunk) {
        assertThat(chunk.path("object").asText()).isEqualTo("chat.completion.chunk");
        JsonNode choice = chunk.path("choices").path(0);
        for (String member : List.of("content", "reasoning_content")) {
            String more = choice.path("delta").path(member).asText("");
            message.put(member, message.path(member).asText("") + more);
        }
        choice.at("/delta/tool_calls").forEach(this::call);
        if (choice.path("finish_reason").isTextual()) {
            assertThat(message.has("finish_reason")).as("it ends once").isFalse();
            message.set("finish_reason", choice.path("finish_reason"));
        }
        if (chunk.path("usage").isObject()) {
            message.set("usage", chunk.path("usage"));
        }
    }

    /** The first piece of a call has its id and its name, the others only add to the arguments. */
    private void call(JsonNode piece) {
        int index = piece.path("index").asInt(-1);
        if (index == calls.size()) {
            assertThat(piece.path("id").asText("")).isNotEmpty();
            assertThat(piece.at("/function/name").asText("")).isNotEmpty();
            calls.addObject()
                    .put("id", piece.path("id").asText())
                    .put("name", piece.at("/function/name").asText())
                    .put("arguments", "");
        }
        ObjectNode call = (ObjectNode) calls.get(index);
        call.put(
                "arguments",
                call.path("arguments").asText()
                        + piece.at("/function/arguments").asText(""));
    }
}
