package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;

/** Writes answers in the dialect {@code openai.responses}: items, and events that are named and numbered. */
final class ResponsesManner {

    private ResponsesManner() {}

    /** One item of an answer: how it begins, the deltas by which it grows, and how it ends. */
    private record Item(Verbatim begun, String event, Verbatim place, List<String> deltas, Verbatim done) {}

    /** The frames of a stream in order. */
    static List<String> frames(Said said) {
        Events events = new Events();
        events.add("response.created", Json.object("response", response(said, "in_progress", List.of())));
        List<Item> items = items(said.answer());
        for (int index = 0; index < items.size(); index++) {
            Item item = items.get(index);
            Verbatim output = Json.object("output_index", index);
            events.add("response.output_item.added", Json.joined(output, Json.object("item", item.begun)));
            for (String delta : item.deltas) {
                events.add(item.event, Json.joined(Json.joined(output, item.place), Json.object("delta", delta)));
            }
            events.add("response.output_item.done", Json.joined(output, Json.object("item", item.done)));
        }
        events.add("response." + status(said.answer()), Json.object("response", finished(said)));
        return events.frames;
    }

    /** The body of an answer that is not streamed. */
    static String whole(Said said) {
        return finished(said).json();
    }

    /** The frame that tells of an error inside a stream. */
    static List<String> error(String message) {
        Events events = new Events();
        events.add("error", Json.object("code", "server_error", "message", message, "param", Json.NULL));
        return events.frames;
    }

    private static Verbatim finished(Said said) {
        Answer answer = said.answer();
        Verbatim usage = Json.object(
                "input_tokens",
                answer.inputTokens(),
                "input_tokens_details",
                Json.object("cached_tokens", 0),
                "output_tokens",
                answer.outputTokens(),
                "output_tokens_details",
                Json.object("reasoning_tokens", 0),
                "total_tokens",
                answer.inputTokens() + answer.outputTokens());
        List<Verbatim> output = items(answer).stream().map(Item::done).toList();
        return Json.joined(response(said, status(answer), output), Json.object("usage", usage));
    }

    private static String status(Answer answer) {
        return answer.finish().equals("length") ? "incomplete" : "completed";
    }

    private static Verbatim response(Said said, String status, List<Verbatim> output) {
        return Json.object(
                "id",
                said.id(),
                "object",
                "response",
                "created_at",
                ChatManner.CREATED,
                "status",
                status,
                "error",
                Json.NULL,
                "incomplete_details",
                status.equals("incomplete") ? Json.object("reason", "max_output_tokens") : Json.NULL,
                "instructions",
                Json.NULL,
                "metadata",
                Json.object(),
                "model",
                said.model(),
                "output",
                output,
                "parallel_tool_calls",
                true,
                "temperature",
                1.0,
                "tool_choice",
                "auto",
                "tools",
                List.of(),
                "top_p",
                1.0);
    }

    private static List<Item> items(Answer answer) {
        List<Item> items = new ArrayList<>();
        if (!answer.thoughts().isEmpty()) {
            Verbatim summary = Json.object("type", "summary_text", "text", answer.thought());
            items.add(new Item(
                    thought(List.of()),
                    "response.reasoning_summary_text.delta",
                    Json.object("item_id", "rs_1", "summary_index", 0),
                    answer.thoughts(),
                    thought(List.of(summary))));
        }
        if (!answer.words().isEmpty()) {
            Verbatim text = Json.object("type", "output_text", "text", answer.text(), "annotations", List.of());
            items.add(new Item(
                    message("in_progress", List.of()),
                    "response.output_text.delta",
                    Json.object("item_id", "msg_1", "content_index", 0),
                    answer.words(),
                    message(status(answer), List.of(text))));
        }
        for (Answer.Call call : answer.calls()) {
            int index = items.size();
            items.add(new Item(
                    called(call, index, "", "in_progress"),
                    "response.function_call_arguments.delta",
                    Json.object("item_id", "fc_" + index),
                    List.of(call.arguments()),
                    called(call, index, call.arguments(), "completed")));
        }
        return items;
    }

    private static Verbatim thought(List<Verbatim> summary) {
        return Json.object("type", "reasoning", "id", "rs_1", "summary", summary);
    }

    private static Verbatim message(String status, List<Verbatim> content) {
        return Json.object("type", "message", "id", "msg_1", "status", status, "role", "assistant", "content", content);
    }

    private static Verbatim called(Answer.Call call, int index, String arguments, String status) {
        return Json.object(
                "type",
                "function_call",
                "id",
                "fc_" + index,
                "call_id",
                "call_" + index,
                "name",
                call.name(),
                "arguments",
                arguments,
                "status",
                status);
    }

    /** Events that are numbered as they come. */
    private static final class Events {

        private final List<String> frames = new ArrayList<>();

        void add(String type, Verbatim members) {
            Verbatim head = Json.object("type", type, "sequence_number", frames.size());
            frames.add("event: %s\ndata: %s\n\n"
                    .formatted(type, Json.joined(head, members).json()));
        }
    }
}
