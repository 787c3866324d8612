package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;
import java.util.ArrayList;
import java.util.List;

/** How runtimes differ from Anthropic in the dialect {@code anthropic.messages}. */
final class MessagesManners {

    private MessagesManners() {}

    /**
     * Every block is stopped at the end only, a thought is signed there, with nothing; a call begins without its input, and
     * errors inside a stream have no envelope.
     */
    static final class LlamaServer extends MessagesManner {
        @Override
        List<String> blocks(Answer answer) {
            List<String> frames = new ArrayList<>();
            List<String> ends = new ArrayList<>();
            int index = 0;
            if (!answer.thoughts().isEmpty()) {
                frames.add(start(index, Json.object("type", "thinking", "thinking", "")));
                for (String piece : answer.thoughts()) {
                    frames.add(delta(index, Json.object("type", "thinking_delta", "thinking", piece)));
                }
                ends.addAll(signed(index));
                ends.add(stop(index++));
            }
            if (!answer.words().isEmpty()) {
                frames.add(start(index, Json.object("type", "text", "text", "")));
                frames.addAll(words(answer, index));
                ends.add(stop(index++));
            }
            for (Answer.Call call : answer.calls()) {
                frames.add(start(index, Json.object("type", "tool_use", "id", callId(index), "name", call.name())));
                frames.addAll(arguments(call, index));
                ends.add(stop(index++));
            }
            frames.addAll(ends);
            return frames;
        }

        @Override
        String signature() {
            return "";
        }

        @Override
        String callId(int index) {
            return "IiJ4cm9LaPexV4RuGLTex1q9P28C7z" + index;
        }

        @Override
        Verbatim firstUsage(Answer answer) {
            return Json.object("cache_read_input_tokens", 0, "input_tokens", answer.inputTokens(), "output_tokens", 0);
        }

        @Override
        Verbatim usage(Answer answer) {
            return Json.object(
                    "cache_read_input_tokens",
                    0,
                    "input_tokens",
                    answer.inputTokens(),
                    "output_tokens",
                    answer.outputTokens());
        }

        @Override
        List<String> error(String message) {
            return List.of("event: error\ndata: %s\n\n"
                    .formatted(Json.object("code", 500, "message", message, "type", "server_error")
                            .json()));
        }
    }

    /** Guesses the tokens of the prompt at first, signs nothing, calls in one piece, and says nothing of failures. */
    static final class Ollama extends MessagesManner {
        @Override
        Verbatim opening(Said said) {
            return Json.joined(envelope(said, List.of()), Json.object("usage", firstUsage(said.answer())));
        }

        @Override
        Verbatim thought(String text, String signature) {
            return Json.object("type", "thinking", "thinking", text);
        }

        @Override
        List<String> signed(int index) {
            return List.of();
        }

        @Override
        List<String> pings() {
            return List.of();
        }

        @Override
        List<String> arguments(Answer.Call call, int index) {
            return List.of(delta(index, Json.object("type", "input_json_delta", "partial_json", call.arguments())));
        }

        @Override
        Verbatim firstUsage(Answer answer) {
            return Json.object("input_tokens", answer.inputTokens() / 2, "output_tokens", 0);
        }

        @Override
        Verbatim lastUsage(Answer answer) {
            return usage(answer);
        }

        @Override
        Verbatim usage(Answer answer) {
            return Json.object("input_tokens", answer.inputTokens(), "output_tokens", answer.outputTokens());
        }

        @Override
        List<String> error(String message) {
            return List.of();
        }
    }

    /** Signs with a number of its own, never pings, and has words of its own for errors. */
    static final class Vllm extends MessagesManner {
        @Override
        String signature() {
            return "5f0d9be0c2a94f0e";
        }

        @Override
        List<String> pings() {
            return List.of();
        }

        @Override
        String callId(int index) {
            return "chatcmpl-tool-" + index;
        }

        @Override
        List<String> error(String message) {
            return List.of(event("error", "error", Json.object("type", "internal_error", "message", message)));
        }
    }
}
