package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;

/** Writes answers in the dialect {@code openai.completions}. */
final class Completions {

    private Completions() {}

    /** The JSON of each event of a stream in order, without the end mark. */
    static List<String> events(Said said) {
        List<String> events = new ArrayList<>();
        said.answer()
                .words()
                .forEach(piece ->
                        events.add(envelope(said, choices(piece, Json.NULL)).json()));
        events.add(envelope(said, choices("", said.answer().finish())).json());
        if (said.usage()) {
            events.add(Json.joined(envelope(said, List.of()), usage(said)).json());
        }
        return events;
    }

    /** The body of an answer that is not streamed. */
    static String whole(Said said) {
        List<Verbatim> choices = choices(said.answer().text(), said.answer().finish());
        return Json.joined(envelope(said, choices), usage(said)).json();
    }

    private static Verbatim envelope(Said said, List<Verbatim> choices) {
        return Json.object(
                "id",
                said.id(),
                "object",
                "text_completion",
                "created",
                ChatManner.CREATED,
                "model",
                said.model(),
                "choices",
                choices);
    }

    private static List<Verbatim> choices(String text, Object finish) {
        return List.of(Json.object("text", text, "index", 0, "logprobs", Json.NULL, "finish_reason", finish));
    }

    private static Verbatim usage(Said said) {
        return Json.object("usage", new ChatManner().usage(said.answer()));
    }
}
