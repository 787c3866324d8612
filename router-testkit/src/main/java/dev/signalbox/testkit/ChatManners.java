package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.List;

/** How runtimes differ from OpenAI in the dialect {@code openai.chat}. */
final class ChatManners {

    private ChatManners() {}

    /** No first frame of its own, one id for everybody, tool calls in one piece, reasoning as {@code reasoning}. */
    static final class Ollama extends ChatManner {
        @Override
        Verbatim envelope(Said said, String object, List<Verbatim> choices) {
            return Json.object(
                    "id",
                    "chatcmpl-417",
                    "object",
                    object,
                    "created",
                    CREATED,
                    "model",
                    said.model(),
                    "system_fingerprint",
                    "fp_ollama",
                    "choices",
                    choices);
        }

        @Override
        List<Verbatim> first() {
            return List.of();
        }

        @Override
        List<Verbatim> thought(String piece) {
            return List.of(Json.object("role", "assistant", "content", "", "reasoning", piece));
        }

        @Override
        Verbatim word(String piece) {
            return Json.object("role", "assistant", "content", piece);
        }

        @Override
        List<Verbatim> call(Answer.Call call, int index) {
            return List.of(Json.object(
                    "content",
                    "",
                    "tool_calls",
                    List.of(Json.object(
                            "id",
                            callId(index),
                            "index",
                            index,
                            "type",
                            "function",
                            "function",
                            Json.object("name", call.name(), "arguments", call.arguments())))));
        }

        @Override
        Verbatim message(Answer answer) {
            Verbatim message = Json.object("role", "assistant", "content", answer.text());
            Verbatim thought = answer.thoughts().isEmpty() ? Json.object() : Json.object("reasoning", answer.thought());
            Verbatim calls = answer.calls().isEmpty() ? Json.object() : Json.object("tool_calls", wholeCalls(answer));
            return Json.joined(Json.joined(message, thought), calls);
        }
    }

    /** First a delta without content, then timings on the last chunk; the choices stand first. */
    static final class LlamaServer extends ChatManner {
        @Override
        Verbatim envelope(Said said, String object, List<Verbatim> choices) {
            return Json.object(
                    "choices",
                    choices,
                    "created",
                    CREATED,
                    "id",
                    said.id(),
                    "model",
                    said.model(),
                    "system_fingerprint",
                    "b10587-abc",
                    "object",
                    object);
        }

        @Override
        Verbatim choice(Verbatim delta, Object finish) {
            return Json.object("finish_reason", finish, "index", 0, "delta", delta);
        }

        @Override
        List<Verbatim> first() {
            return List.of(Json.object("role", "assistant", "content", Json.NULL));
        }

        @Override
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
                            Json.object("name", call.name()))),
                    calls(Json.object(
                            "index", index, "function", Json.object("arguments", arguments.substring(0, half)))),
                    calls(Json.object(
                            "index", index, "function", Json.object("arguments", arguments.substring(half)))));
        }

        @Override
        Object emptyContent() {
            return "";
        }

        @Override
        Verbatim usage(Answer answer) {
            return Json.joined(
                    super.usage(answer), Json.object("prompt_tokens_details", Json.object("cached_tokens", 0)));
        }

        @Override
        Verbatim last(Said said) {
            return Json.object("timings", timings(said.answer()));
        }

        static Verbatim timings(Answer answer) {
            return Json.object(
                    "cache_n",
                    0,
                    "prompt_n",
                    answer.inputTokens(),
                    "prompt_ms",
                    90.1,
                    "predicted_n",
                    answer.outputTokens(),
                    "predicted_ms",
                    400.0,
                    "predicted_per_second",
                    30.0);
        }
    }

    /** The reason of the end rides on a chunk with empty text; reasoning as {@code reasoning}; nulls everywhere. */
    static final class Vllm extends ChatManner {
        @Override
        Verbatim choiceExtras() {
            return Json.object("logprobs", Json.NULL);
        }

        @Override
        List<Verbatim> thought(String piece) {
            return List.of(Json.object("reasoning", piece));
        }

        @Override
        Verbatim finish(Said said) {
            return Json.object("content", "");
        }

        @Override
        Verbatim message(Answer answer) {
            return Json.joined(
                    super.message(answer),
                    Json.object("refusal", Json.NULL, "annotations", Json.NULL, "function_call", Json.NULL));
        }

        @Override
        String callId(int index) {
            return "chatcmpl-tool-" + (index + 1);
        }
    }

    /** {@code reasoning_content} and {@code matched_stop} are always there. */
    static final class Sglang extends ChatManner {
        @Override
        Verbatim choiceExtras() {
            return Json.object("logprobs", Json.NULL, "matched_stop", Json.NULL);
        }

        @Override
        List<Verbatim> first() {
            return List.of(Json.object("reasoning_content", Json.NULL, "role", "assistant", "content", ""));
        }

        @Override
        Verbatim word(String piece) {
            return Json.object("reasoning_content", Json.NULL, "content", piece);
        }

        @Override
        Verbatim finish(Said said) {
            return Json.object("reasoning_content", Json.NULL);
        }
    }

    /** No ids at all, a role in every delta, no reasoning. */
    static final class Tgi extends ChatManner {
        @Override
        Verbatim envelope(Said said, String object, List<Verbatim> choices) {
            return super.envelope(new Said(said.answer(), said.model(), "", said.usage()), object, choices);
        }

        @Override
        List<Verbatim> first() {
            return List.of();
        }

        @Override
        List<Verbatim> thought(String piece) {
            return List.of();
        }

        @Override
        Verbatim word(String piece) {
            return Json.object("role", "assistant", "content", piece);
        }

        @Override
        Verbatim finish(Said said) {
            return Json.object("role", "assistant", "content", "");
        }

        @Override
        String callId(int index) {
            return Integer.toString(index);
        }
    }
}
