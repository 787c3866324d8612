package dev.signalbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How the servers built on MLX differ from OpenAI in the dialect {@code openai.chat}. */
final class MlxManners {

    private MlxManners() {}

    private static Verbatim call(String id, Answer.Call call) {
        return Json.object(
                "function",
                Json.object("name", call.name(), "arguments", call.arguments()),
                "type",
                "function",
                "id",
                id);
    }

    private static List<Verbatim> numbered(ChatManner manner, Answer answer) {
        List<Verbatim> calls = new ArrayList<>();
        for (Answer.Call call : answer.calls()) {
            Verbatim index = Json.object("index", calls.size());
            calls.add(Json.joined(call(manner.callId(calls.size()), call), index));
        }
        return calls;
    }

    private static String uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }

    private static Verbatim cachedTokens() {
        return Json.object("prompt_tokens_details", Json.object("cached_tokens", 0));
    }

    /** The role in every delta, {@code content} only where there is some, each tool call whole in a delta of its own. */
    static final class Lm extends ChatManner {

        static final String FINGERPRINT = "0.32.0-0.32.1-macOS-26.5-arm64-arm-64bit-applegpu_g16s";

        @Override
        Verbatim envelope(Said said, String object, List<Verbatim> choices) {
            return Json.object(
                    "id",
                    said.id(),
                    "system_fingerprint",
                    FINGERPRINT,
                    "object",
                    object,
                    "model",
                    said.model(),
                    "created",
                    CREATED,
                    "choices",
                    choices);
        }

        @Override
        Verbatim choice(Verbatim delta, Object finish) {
            return Json.object("index", 0, "finish_reason", finish, "delta", delta);
        }

        @Override
        String usageObject() {
            return "chat.completion";
        }

        @Override
        List<Verbatim> first() {
            return List.of();
        }

        @Override
        List<Verbatim> thought(String piece) {
            return List.of(Json.object("role", "assistant", "reasoning", piece));
        }

        @Override
        Verbatim word(String piece) {
            return Json.object("role", "assistant", "content", piece);
        }

        @Override
        List<Verbatim> call(Answer.Call call, int index) {
            Verbatim numbered = Json.joined(MlxManners.call(callId(index), call), Json.object("index", index));
            return List.of(Json.object("role", "assistant", "tool_calls", List.of(numbered)));
        }

        @Override
        String callId(int index) {
            return uuid("call " + index);
        }

        @Override
        Verbatim finish(Said said) {
            return Json.object("role", "assistant");
        }

        @Override
        Verbatim message(Answer answer) {
            Verbatim message = Json.object(
                    "role", "assistant", "content", answer.words().isEmpty() ? emptyContent() : answer.text());
            if (!answer.thoughts().isEmpty()) {
                message = Json.joined(message, Json.object("reasoning", answer.thought()));
            }
            List<Verbatim> calls = new ArrayList<>();
            answer.calls().forEach(call -> calls.add(MlxManners.call(callId(calls.size()), call)));
            return calls.isEmpty() ? message : Json.joined(message, Json.object("tool_calls", calls));
        }

        @Override
        Verbatim usage(Answer answer) {
            return Json.joined(super.usage(answer), cachedTokens());
        }

        /** The JSON of each event in the dialect {@code openai.completions}, without the end mark. */
        List<String> textEvents(Said said) {
            List<String> events = new ArrayList<>();
            said.answer().words().forEach(piece -> events.add(text(said, piece, Json.NULL)));
            events.add(text(said, "", said.answer().finish()));
            if (said.usage()) {
                Verbatim usage = Json.object("usage", usage(said.answer()));
                events.add(Json.joined(envelope(said, usageObject(), List.of()), usage)
                        .json());
            }
            return events;
        }

        /** The body of such an answer that is not streamed. */
        String wholeText(Said said) {
            Verbatim text =
                    new Verbatim(text(said, said.answer().text(), said.answer().finish()));
            return Json.joined(text, Json.object("usage", usage(said.answer()))).json();
        }

        private String text(Said said, String piece, Object finish) {
            Verbatim choice = Json.object("index", 0, "finish_reason", finish, "text", piece);
            return envelope(said, "text_completion", List.of(choice)).json();
        }
    }

    /** Every member in every delta, {@code null} or not; reasoning under both names; all tool calls in the last chunk. */
    static final class Vlm extends ChatManner {

        @Override
        Verbatim envelope(Said said, String object, List<Verbatim> choices) {
            Verbatim envelope = super.envelope(said, object, choices);
            boolean streamed = object.endsWith(".chunk") && !choices.isEmpty();
            return streamed ? Json.joined(envelope, Json.object("usage", Json.NULL)) : envelope;
        }

        @Override
        Verbatim choice(Verbatim delta, Object finish) {
            return Json.object("index", 0, "finish_reason", finish, "delta", delta, "logprobs", Json.NULL);
        }

        @Override
        List<Verbatim> first() {
            return List.of();
        }

        @Override
        List<Verbatim> thought(String piece) {
            return List.of(delta(Json.NULL, piece, Json.NULL));
        }

        @Override
        Verbatim word(String piece) {
            return delta(piece, Json.NULL, Json.NULL);
        }

        @Override
        List<Verbatim> call(Answer.Call call, int index) {
            return List.of();
        }

        @Override
        String callId(int index) {
            return uuid("call " + index);
        }

        @Override
        Verbatim finish(Said said) {
            List<Verbatim> calls = numbered(this, said.answer());
            return delta(Json.NULL, Json.NULL, calls.isEmpty() ? Json.NULL : calls);
        }

        @Override
        Verbatim message(Answer answer) {
            return delta(
                    answer.words().isEmpty() ? Json.NULL : answer.text(),
                    answer.thoughts().isEmpty() ? Json.NULL : answer.thought(),
                    answer.calls().isEmpty() ? Json.NULL : numbered(this, answer));
        }

        @Override
        Verbatim last(Said said) {
            return Json.object(
                    "timings",
                    Json.object(
                            "prompt_n",
                            said.answer().inputTokens(),
                            "cache_n",
                            0,
                            "predicted_n",
                            said.answer().outputTokens(),
                            "prompt_ms",
                            90.1,
                            "predicted_ms",
                            400.0,
                            "peak_memory",
                            5.2));
        }

        private static Verbatim delta(Object content, Object reasoning, Object calls) {
            return Json.object(
                    "role",
                    "assistant",
                    "content",
                    content,
                    "reasoning",
                    reasoning,
                    "reasoning_content",
                    reasoning,
                    "tool_calls",
                    calls,
                    "tool_call_id",
                    Json.NULL,
                    "name",
                    Json.NULL);
        }
    }

    /** Nothing is {@code null}; reasoning is streamed as if it were text; all tool calls in the last chunk. */
    static final class Omni extends ChatManner {

        @Override
        Verbatim choice(Verbatim delta, Object finish) {
            Verbatim choice = Json.object("index", 0, "delta", delta);
            return finish.equals(Json.NULL) ? choice : Json.joined(choice, Json.object("finish_reason", finish));
        }

        @Override
        List<Verbatim> first() {
            return List.of();
        }

        @Override
        List<Verbatim> thought(String piece) {
            return List.of(word(piece));
        }

        @Override
        Verbatim word(String piece) {
            return Json.object("role", "assistant", "content", piece);
        }

        @Override
        List<Verbatim> call(Answer.Call call, int index) {
            return List.of();
        }

        @Override
        Verbatim finish(Said said) {
            List<Verbatim> calls = numbered(this, said.answer());
            Verbatim delta = Json.object("role", "assistant");
            return calls.isEmpty() ? delta : Json.joined(delta, Json.object("tool_calls", calls));
        }

        @Override
        List<Verbatim> usageChoices(Said said) {
            return List.of(choice(Json.object("role", "assistant"), finishOf(said)));
        }

        @Override
        Verbatim message(Answer answer) {
            Verbatim message = Json.object("role", "assistant", "content", answer.text());
            if (!answer.thoughts().isEmpty()) {
                message = Json.joined(message, Json.object("reasoning", answer.thought()));
            }
            return answer.calls().isEmpty()
                    ? message
                    : Json.joined(message, Json.object("tool_calls", numbered(this, answer)));
        }
    }
}
