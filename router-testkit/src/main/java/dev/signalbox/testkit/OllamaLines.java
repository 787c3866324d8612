package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;

/** Writes answers in Ollama's own dialects: {@code ollama.chat} and {@code ollama.generate}. */
final class OllamaLines {

    private static final String CREATED = "2026-08-22T10:00:00.1Z";

    /** The lines of a stream. */
    List<String> lines(Said said, boolean chat) {
        List<String> lines = new ArrayList<>();
        Answer answer = said.answer();
        answer.thoughts()
                .forEach(piece -> lines.add(line(said, content(chat, "", piece)).json()));
        answer.words()
                .forEach(piece -> lines.add(line(said, content(chat, piece, "")).json()));
        for (int index = 0; index < answer.calls().size(); index++) {
            lines.add(line(said, calls(List.of(call(answer.calls().get(index), index))))
                    .json());
        }
        lines.add(ended(said, content(chat, "", ""), chat));
        return lines;
    }

    /** An answer that is not streamed. */
    String whole(Said said, boolean chat) {
        Answer answer = said.answer();
        Verbatim content = answer.calls().isEmpty() ? content(chat, answer.text(), answer.thought()) : allCalls(answer);
        return ended(said, content, chat);
    }

    private static Verbatim allCalls(Answer answer) {
        List<Verbatim> calls = new ArrayList<>();
        answer.calls().forEach(call -> calls.add(call(call, calls.size())));
        return calls(calls);
    }

    /** What is answered where nothing was asked: a model was loaded or unloaded. */
    Verbatim hollow(String model, boolean chat, String reason) {
        Verbatim head = Json.object("model", model, "created_at", CREATED);
        return Json.joined(Json.joined(head, content(chat, "", "")), Json.object("done", true, "done_reason", reason));
    }

    private static Verbatim line(Said said, Verbatim content) {
        return Json.joined(
                Json.joined(Json.object("model", said.model(), "created_at", CREATED), content),
                Json.object("done", false));
    }

    /** Figures that are zero are left out; the reason stays {@code stop} for tool calls. */
    private static String ended(Said said, Verbatim content, boolean chat) {
        Answer answer = said.answer();
        Verbatim head = Json.joined(Json.object("model", said.model(), "created_at", CREATED), content);
        Verbatim done = Json.object(
                "done",
                true,
                "done_reason",
                answer.finish().equals("length") ? "length" : "stop",
                "total_duration",
                812_000_000,
                "load_duration",
                31_000_000);
        Verbatim input = answer.inputTokens() == 0
                ? Json.object()
                : Json.object("prompt_eval_count", answer.inputTokens(), "prompt_eval_duration", 90_000_000);
        Verbatim output = answer.outputTokens() == 0
                ? Json.object()
                : Json.object("eval_count", answer.outputTokens(), "eval_duration", 400_000_000);
        Verbatim context = chat ? Json.object() : Json.object("context", List.of(1, 2, 3));
        return Json.joined(Json.joined(Json.joined(Json.joined(head, done), input), output), context)
                .json();
    }

    private static Verbatim content(boolean chat, String text, String thinking) {
        Verbatim thought = thinking.isEmpty() ? Json.object() : Json.object("thinking", thinking);
        return chat
                ? Json.object("message", Json.joined(Json.object("role", "assistant", "content", text), thought))
                : Json.joined(Json.object("response", text), thought);
    }

    private static Verbatim calls(List<Verbatim> calls) {
        return Json.object("message", Json.object("role", "assistant", "content", "", "tool_calls", calls));
    }

    private static Verbatim call(Answer.Call call, int index) {
        return Json.object(
                "id",
                "call_" + (index + 1),
                "function",
                Json.object("index", index, "name", call.name(), "arguments", new Verbatim(call.arguments())));
    }
}
