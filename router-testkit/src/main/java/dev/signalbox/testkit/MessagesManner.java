package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes answers in the dialect {@code anthropic.messages} the way Anthropic does. Runtimes that do it otherwise override
 * what they do otherwise.
 */
class MessagesManner {

    /** The frames of a stream in order, each with its name. */
    final List<String> frames(Said said) {
        List<String> frames = new ArrayList<>();
        frames.add(event("message_start", "message", opening(said)));
        frames.addAll(blocks(said.answer()));
        Verbatim delta = Json.object("stop_reason", stopOf(said.answer()), "stop_sequence", Json.NULL);
        frames.add(event("message_delta", "delta", delta, "usage", lastUsage(said.answer())));
        frames.add(event("message_stop"));
        return frames;
    }

    /** The message before anything is in it. */
    Verbatim opening(Said said) {
        return Json.joined(
                envelope(said, List.of()),
                Json.object("stop_reason", Json.NULL, "stop_sequence", Json.NULL, "usage", firstUsage(said.answer())));
    }

    /** The body of an answer that is not streamed. */
    final String whole(Said said) {
        Answer answer = said.answer();
        List<Verbatim> content = new ArrayList<>();
        if (!answer.thoughts().isEmpty()) {
            content.add(thought(answer.thought(), signature()));
        }
        if (!answer.words().isEmpty()) {
            content.add(Json.object("type", "text", "text", answer.text()));
        }
        for (Answer.Call call : answer.calls()) {
            content.add(call(call, callId(content.size()), new Verbatim(call.arguments())));
        }
        Verbatim end = Json.object("stop_reason", stopOf(answer), "stop_sequence", Json.NULL, "usage", usage(answer));
        return Json.joined(envelope(said, content), end).json();
    }

    /** The frame that tells of an error inside a stream. */
    List<String> error(String message) {
        return List.of(event("error", "error", Json.object("type", "api_error", "message", message)));
    }

    /** The blocks, each begun, filled and ended. */
    List<String> blocks(Answer answer) {
        List<String> frames = new ArrayList<>();
        int index = 0;
        if (!answer.thoughts().isEmpty()) {
            frames.add(start(index, thought("", "")));
            for (String piece : answer.thoughts()) {
                frames.add(delta(index, Json.object("type", "thinking_delta", "thinking", piece)));
            }
            frames.addAll(signed(index));
            frames.add(stop(index++));
        }
        if (!answer.words().isEmpty()) {
            frames.add(start(index, Json.object("type", "text", "text", "")));
            frames.addAll(pings());
            frames.addAll(words(answer, index));
            frames.add(stop(index++));
        }
        for (Answer.Call call : answer.calls()) {
            frames.add(start(index, call(call, callId(index), Json.object())));
            frames.addAll(arguments(call, index));
            frames.add(stop(index++));
        }
        return frames;
    }

    final List<String> words(Answer answer, int index) {
        return answer.words().stream()
                .map(piece -> delta(index, Json.object("type", "text_delta", "text", piece)))
                .toList();
    }

    /** The arguments of a call: nothing at first, then two pieces. */
    List<String> arguments(Answer.Call call, int index) {
        String all = call.arguments();
        int half = all.length() / 2;
        return List.of("", all.substring(0, half), all.substring(half)).stream()
                .map(piece -> delta(index, Json.object("type", "input_json_delta", "partial_json", piece)))
                .toList();
    }

    List<String> signed(int index) {
        return List.of(delta(index, Json.object("type", "signature_delta", "signature", signature())));
    }

    /** Signs of life. */
    List<String> pings() {
        return List.of(event("ping"));
    }

    Verbatim thought(String text, String signature) {
        return Json.object("type", "thinking", "thinking", text, "signature", signature);
    }

    final Verbatim call(Answer.Call call, String id, Verbatim input) {
        return Json.object("type", "tool_use", "id", id, "name", call.name(), "input", input);
    }

    /** What a thought is signed with. */
    String signature() {
        return "EqQBCgIYAhIM1gbcDa9GJwZA2b3h";
    }

    String callId(int index) {
        return "toolu_01" + index;
    }

    /** The tokens before there is an answer. */
    Verbatim firstUsage(Answer answer) {
        return Json.object(
                "input_tokens",
                answer.inputTokens(),
                "cache_creation_input_tokens",
                0,
                "cache_read_input_tokens",
                0,
                "output_tokens",
                1);
    }

    /** The tokens when the answer is there, in a stream. */
    Verbatim lastUsage(Answer answer) {
        return Json.object("output_tokens", answer.outputTokens());
    }

    /** The tokens of a whole answer. */
    Verbatim usage(Answer answer) {
        return Json.object(
                "input_tokens",
                answer.inputTokens(),
                "cache_creation_input_tokens",
                0,
                "cache_read_input_tokens",
                0,
                "output_tokens",
                answer.outputTokens());
    }

    static String start(int index, Verbatim block) {
        return event("content_block_start", "index", index, "content_block", block);
    }

    static String delta(int index, Verbatim delta) {
        return event("content_block_delta", "index", index, "delta", delta);
    }

    static String stop(int index) {
        return event("content_block_stop", "index", index);
    }

    static String event(String type, Object... members) {
        Verbatim data = Json.joined(Json.object("type", type), Json.object(members));
        return "event: %s\ndata: %s\n\n".formatted(type, data.json());
    }

    static Verbatim envelope(Said said, List<Verbatim> content) {
        return Json.object(
                "id", said.id(), "type", "message", "role", "assistant", "model", said.model(), "content", content);
    }

    private static String stopOf(Answer answer) {
        return switch (answer.finish()) {
            case "stop" -> "end_turn";
            case "length" -> "max_tokens";
            case "tool_calls" -> "tool_use";
            default -> answer.finish();
        };
    }
}
