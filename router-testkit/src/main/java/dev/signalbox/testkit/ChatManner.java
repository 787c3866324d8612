package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes answers in the dialect {@code openai.chat} the way OpenAI does. Runtimes that do it otherwise override what they
 * do otherwise.
 */
class ChatManner {

    static final int CREATED = 1_787_000_000;

    /** The JSON of each event of a stream in order, without the end mark. */
    final List<String> events(Said said) {
        List<String> events = new ArrayList<>();
        first().forEach(delta -> events.add(chunk(said, delta, Json.NULL)));
        said.answer()
                .thoughts()
                .forEach(piece -> thought(piece).forEach(delta -> events.add(chunk(said, delta, Json.NULL))));
        said.answer().words().forEach(piece -> events.add(chunk(said, word(piece), Json.NULL)));
        List<Answer.Call> calls = said.answer().calls();
        for (int index = 0; index < calls.size(); index++) {
            call(calls.get(index), index).forEach(delta -> events.add(chunk(said, delta, Json.NULL)));
        }
        String finish = Json.joined(
                        envelope(said, "chat.completion.chunk", List.of(choice(finish(said), finishOf(said)))),
                        said.usage() ? Json.object() : last(said))
                .json();
        events.add(finish);
        if (said.usage()) {
            Verbatim usage = Json.object("usage", usage(said.answer()));
            Verbatim chunk = Json.joined(envelope(said, usageObject(), usageChoices(said)), usage);
            events.add(Json.joined(chunk, last(said)).json());
        }
        return events;
    }

    /** The body of an answer that is not streamed. */
    final String whole(Said said) {
        Verbatim choice = Json.joined(
                Json.object("index", 0, "message", message(said.answer()), "finish_reason", finishOf(said)),
                choiceExtras());
        Verbatim body = Json.joined(
                envelope(said, "chat.completion", List.of(choice)), Json.object("usage", usage(said.answer())));
        return Json.joined(body, last(said)).json();
    }

    /** The members around the choices. */
    Verbatim envelope(Said said, String object, List<Verbatim> choices) {
        return Json.object(
                "id", said.id(), "object", object, "created", CREATED, "model", said.model(), "choices", choices);
    }

    Verbatim choice(Verbatim delta, Object finish) {
        return Json.joined(Json.object("index", 0, "delta", delta, "finish_reason", finish), choiceExtras());
    }

    /** What else stands in each choice. */
    Verbatim choiceExtras() {
        return Json.object();
    }

    /** What else stands in the last chunk and in a whole answer. */
    Verbatim last(Said said) {
        return Json.object();
    }

    /** The value of {@code object} in a chunk that only tells tokens. */
    String usageObject() {
        return "chat.completion.chunk";
    }

    /** The deltas before any content. */
    List<Verbatim> first() {
        return List.of(Json.object("role", "assistant", "content", ""));
    }

    /** The deltas of a piece of reasoning; none where it is not told. */
    List<Verbatim> thought(String piece) {
        return List.of(Json.object("reasoning_content", piece));
    }

    Verbatim word(String piece) {
        return Json.object("content", piece);
    }

    /** The deltas of a tool call: its name first, then its arguments in two pieces. */
    List<Verbatim> call(Answer.Call call, int index) {
        String arguments = call.arguments();
        int half = arguments.length() / 2;
        return List.of(
                calls(Json.object(
                        "index",
                        index,
                        "id",
                        callId(index),
                        "type",
                        "function",
                        "function",
                        Json.object("name", call.name(), "arguments", ""))),
                calls(Json.object("index", index, "function", Json.object("arguments", arguments.substring(0, half)))),
                calls(Json.object("index", index, "function", Json.object("arguments", arguments.substring(half)))));
    }

    static Verbatim calls(Verbatim call) {
        return Json.object("tool_calls", List.of(call));
    }

    String callId(int index) {
        return "call_" + (index + 1);
    }

    /** The choices of a chunk that only tells tokens. */
    List<Verbatim> usageChoices(Said said) {
        return List.of();
    }

    /** The delta that comes with the reason of the end. */
    Verbatim finish(Said said) {
        return Json.object();
    }

    Object finishOf(Said said) {
        return said.answer().finish();
    }

    Verbatim message(Answer answer) {
        Verbatim message =
                Json.object("role", "assistant", "content", answer.words().isEmpty() ? emptyContent() : answer.text());
        if (!answer.thoughts().isEmpty()) {
            for (Verbatim thought : thought(answer.thought())) {
                message = Json.joined(message, thought);
            }
        }
        return answer.calls().isEmpty() ? message : Json.joined(message, Json.object("tool_calls", wholeCalls(answer)));
    }

    /** What stands for text where there is none. */
    Object emptyContent() {
        return Json.NULL;
    }

    final List<Verbatim> wholeCalls(Answer answer) {
        List<Verbatim> calls = new ArrayList<>();
        for (Answer.Call call : answer.calls()) {
            calls.add(Json.object(
                    "id",
                    callId(calls.size()),
                    "type",
                    "function",
                    "function",
                    Json.object("name", call.name(), "arguments", call.arguments())));
        }
        return calls;
    }

    Verbatim usage(Answer answer) {
        return Json.object(
                "prompt_tokens", answer.inputTokens(),
                "completion_tokens", answer.outputTokens(),
                "total_tokens", answer.inputTokens() + answer.outputTokens());
    }

    private String chunk(Said said, Verbatim delta, Object finish) {
        return envelope(said, "chat.completion.chunk", List.of(choice(delta, finish)))
                .json();
    }
}
