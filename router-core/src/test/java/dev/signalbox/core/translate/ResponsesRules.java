package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.api.frame.Frame;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A strict client of {@code openai.responses}: what grew in pieces has to be what is told of it in the end. */
final class ResponsesRules extends Rules {

    /** Where an item grows: its events begin so. */
    private static final Map<String, String> GROWING = Map.of(
            "function_call", "response.function_call_arguments",
            "custom_tool_call", "response.custom_tool_call_input",
            "output_text", "response.output_text",
            "refusal", "response.refusal",
            "summary_text", "response.reasoning_summary_text");

    /** What has grown is told in that member. */
    private static final Map<String, String> GROWN = Map.of(
            "function_call", "arguments",
            "custom_tool_call", "input",
            "output_text", "text",
            "refusal", "refusal",
            "summary_text", "text");

    private static final JsonNode NONE = JsonNodeFactory.instance.missingNode();

    private final ArrayNode items = JsonNodeFactory.instance.arrayNode();
    private final Set<String> ids = new HashSet<>();
    private int number;
    private JsonNode item = NONE; // that is told
    private ArrayNode parts = items.arrayNode(); // of it
    private String growing = ""; // the type of what grows in it
    private StringBuilder words = new StringBuilder();
    private boolean told; // what grew is complete
    private boolean ended;

    @Override
    void take(Frame frame) {
        if (frame.kind() == Frame.Kind.COMMENT) {
            return;
        }
        JsonNode event = event(frame);
        rule(!ended, "something comes after the end", event);
        rule(event.path("sequence_number").asInt(-1) == number, "the number is not %d".formatted(number), event);
        String expected = number == 0 ? "response.created" : number == 1 ? "response.in_progress" : "";
        rule(expected.isEmpty() || type(event).equals(expected), "it is not " + expected, event);
        number++;
        switch (type(event)) {
            case "response.created", "response.in_progress" -> begun(event);
            case "response.output_item.added" -> added(event, event.path("item"));
            case "response.output_item.done" -> done(event, event.path("item"));
            case "response.content_part.added" -> partAdded(event, "message", "content_index");
            case "response.content_part.done" -> partDone(event, "content_index");
            case "response.reasoning_summary_part.added" -> partAdded(event, "reasoning", "summary_index");
            case "response.reasoning_summary_part.done" -> partDone(event, "summary_index");
            case "response.completed", "response.incomplete" -> ended(event);
            default -> grows(event);
        }
    }

    private void begun(JsonNode event) {
        rule(number <= 2, "it was told before", event);
        JsonNode response = event.path("response");
        rule(response.path("status").asText().equals("in_progress"), "it is not in progress", event);
        rule(response.path("output").isArray() && response.path("output").isEmpty(), "it has begun before", event);
        rule(!response.path("id").asText("").isEmpty(), "it has no id", event);
    }

    private void added(JsonNode event, JsonNode added) {
        rule(item.isMissingNode(), "the item before is open", event);
        rule(event.path("output_index").asInt(-1) == items.size(), "an item is left out", event);
        rule(ids.add(added.path("id").asText("")) && !ids.contains(""), "an item has no id of its own", event);
        rule(
                Set.of("message", "reasoning", "function_call", "custom_tool_call")
                        .contains(type(added)),
                "there is no such item",
                event);
        item = added;
        parts = items.arrayNode();
        growing = GROWING.containsKey(type(added)) ? type(added) : "";
        words = new StringBuilder();
        told = false;
        if (!growing.isEmpty()) {
            rule(!added.path("call_id").asText("").isEmpty(), "a call has no id", event);
            rule(added.path("name").isTextual(), "a call has no name", event);
            rule(added.path(GROWN.get(growing)).asText("?").isEmpty(), "a call has begun before", event);
        }
    }

    private void ofItem(JsonNode event) {
        rule(!item.isMissingNode(), "no item is open", event);
        rule(event.path("item_id").equals(item.path("id")), "it is another item's", event);
        rule(event.path("output_index").asInt(-1) == items.size(), "it is another item's", event);
    }

    private void partAdded(JsonNode event, String owner, String index) {
        ofItem(event);
        rule(type(item).equals(owner), "the item has no such parts", event);
        rule(growing.isEmpty(), "the part before is open", event);
        rule(event.path(index).asInt(-1) == parts.size(), "a part is left out", event);
        growing = type(event.path("part"));
        rule(GROWN.containsKey(growing), "there is no such part", event);
        rule(event.path("part").path(GROWN.get(growing)).asText("?").isEmpty(), "the part has begun before", event);
        words = new StringBuilder();
        told = false;
    }

    private void grows(JsonNode event) {
        ofItem(event);
        rule(!growing.isEmpty() && !told, "nothing grows", event);
        String begin = GROWING.get(growing);
        if (type(event).equals(begin + ".delta")) {
            rule(event.path("delta").isTextual(), "there is nothing in it", event);
            words.append(event.path("delta").asText());
        } else {
            rule(type(event).equals(begin + ".done"), "there is no such event here", event);
            same(event.path(GROWN.get(growing)), event);
            told = true;
        }
        rule(
                !type(item).equals("message") || event.path("content_index").asInt(-1) == parts.size(),
                "it is another part's",
                event);
        rule(
                !type(item).equals("reasoning") || event.path("summary_index").asInt(-1) == parts.size(),
                "it is another part's",
                event);
    }

    private void same(JsonNode whole, JsonNode event) {
        rule(whole.asText("?").contentEquals(words), "it grew to another: " + words, event);
    }

    private void partDone(JsonNode event, String index) {
        ofItem(event);
        rule(told, "its text is not told yet", event);
        rule(event.path(index).asInt(-1) == parts.size(), "it is another part's", event);
        rule(type(event.path("part")).equals(growing), "it is another part's", event);
        same(event.path("part").path(GROWN.get(growing)), event);
        parts.add(event.path("part"));
        growing = "";
    }

    private void done(JsonNode event, JsonNode done) {
        rule(!item.isMissingNode(), "no item is open", event);
        rule(event.path("output_index").asInt(-1) == items.size(), "it is another item's", event);
        rule(done.path("id").equals(item.path("id")) && type(done).equals(type(item)), "it is another item's", event);
        if (GROWING.containsKey(type(item))) {
            rule(told, "what it is called with is not told yet", event);
            same(done.path(GROWN.get(growing)), event);
            rule(done.path("name").equals(item.path("name")), "it is another tool's", event);
        } else {
            rule(growing.isEmpty(), "a part is open", event);
            rule(
                    done.path(type(item).equals("message") ? "content" : "summary")
                            .equals(parts),
                    "its parts are others",
                    event);
        }
        rule(
                type(item).equals("reasoning")
                        || Set.of("completed", "incomplete")
                                .contains(done.path("status").asText()),
                "it is not done",
                event);
        items.add(done);
        item = NONE;
        growing = "";
    }

    private void ended(JsonNode event) {
        JsonNode response = event.path("response");
        rule(item.isMissingNode(), "an item is open", event);
        rule(type(event).equals("response." + response.path("status").asText()), "it ended otherwise", event);
        rule(response.path("output").equals(items), "its items are others", event);
        rule(response.path("usage").path("total_tokens").isIntegralNumber(), "tokens are not counted", event);
        boolean cut = type(event).equals("response.incomplete");
        rule(cut == response.path("incomplete_details").isObject(), "it does not say why", event);
        ended = true;
    }

    @Override
    void end() {
        rule(ended, "there is no end", "the end");
    }
}
