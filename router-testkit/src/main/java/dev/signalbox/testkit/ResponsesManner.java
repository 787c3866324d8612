package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;

/** Writes answers in the dialect {@code openai.responses}: items, and events that are named and numbered. */
final class ResponsesManner {

    private ResponsesManner() {}

    /** The frames of a stream in order. */
    static List<String> frames(Said said) {
        Events events = new Events();
        events.add("response.created", "response", response(said, "in_progress", List.of()));
        List<Verbatim> items = items(said.answer(), "completed");
        for (int index = 0; index < items.size(); index++) {
            boolean words = index == 0 && !said.answer().words().isEmpty();
            events.add("response.output_item.added", "output_index", index, "item", begun(said.answer(), index, words));
            if (words) {
                said.answer()
                        .words()
                        .forEach(piece -> events.add(
                                "response.output_text.delta",
                                "item_id",
                                "msg_1",
                                "output_index",
                                0,
                                "content_index",
                                0,
                                "delta",
                                piece));
            } else {
                Answer.Call call = call(said.answer(), index);
                events.add(
                        "response.function_call_arguments.delta",
                        "item_id",
                        "fc_" + index,
                        "output_index",
                        index,
                        "delta",
                        call.arguments());
            }
            events.add("response.output_item.done", "output_index", index, "item", items.get(index));
        }
        events.add("response.completed", "response", finished(said));
        return events.frames;
    }

    /** The body of an answer that is not streamed. */
    static String whole(Said said) {
        return finished(said).json();
    }

    /** The frame that tells of an error inside a stream. */
    static List<String> error(String message) {
        Events events = new Events();
        events.add("error", "code", "server_error", "message", message, "param", Json.NULL);
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
        return Json.joined(response(said, "completed", items(answer, "completed")), Json.object("usage", usage));
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
                Json.NULL,
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

    private static List<Verbatim> items(Answer answer, String status) {
        List<Verbatim> items = new ArrayList<>();
        if (!answer.words().isEmpty()) {
            Verbatim text = Json.object("type", "output_text", "text", answer.text(), "annotations", List.of());
            items.add(message(status, List.of(text)));
        }
        for (Answer.Call call : answer.calls()) {
            items.add(called(call, items.size(), call.arguments(), status));
        }
        return items;
    }

    private static Verbatim begun(Answer answer, int index, boolean words) {
        return words ? message("in_progress", List.of()) : called(call(answer, index), index, "", "in_progress");
    }

    private static Answer.Call call(Answer answer, int index) {
        return answer.calls().get(answer.words().isEmpty() ? index : index - 1);
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

        void add(String type, Object... members) {
            Verbatim head = Json.object("type", type, "sequence_number", frames.size());
            frames.add("event: %s\ndata: %s\n\n"
                    .formatted(type, Json.joined(head, Json.object(members)).json()));
        }
    }
}
