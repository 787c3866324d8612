package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client of any dialect has heard of an answer, in words that all of them share.
 *
 * @param calls the tools with their arguments
 * @param input tokens of the prompt, those of a cache included
 */
record Heard(String text, String thought, List<String> calls, long input, long output, Finish.Reason end) {

    static Heard of(List<Frame> frames, Dialect client) {
        return of(Together.of(frames, client), client);
    }

    /** The same of an answer that came in one. */
    static Heard whole(JsonNode whole, Dialect client) {
        return of(Together.comparable(whole, client), client);
    }

    private static Heard of(JsonNode whole, Dialect client) {
        if (client.equals(Dialect.OPENAI_CHAT)) {
            return openAi(whole);
        }
        if (client.equals(Dialect.OPENAI_RESPONSES)) {
            return responses(whole);
        }
        return client.equals(Dialect.ANTHROPIC_MESSAGES) ? anthropic(whole) : ollama(whole);
    }

    private static Heard openAi(JsonNode whole) {
        List<String> calls = new ArrayList<>();
        for (JsonNode call : whole.at("/message/tool_calls")) {
            calls.add(call(call.path("name"), call.path("arguments").asText()));
        }
        return new Heard(
                whole.at("/message/content").asText(""),
                whole.at("/message/reasoning_content").asText(""),
                calls,
                whole.at("/usage/prompt_tokens").asLong(),
                whole.at("/usage/completion_tokens").asLong(),
                OpenAiFinish.read(whole.path("finish_reason").asText(), "").reason());
    }

    private static Heard anthropic(JsonNode whole) {
        StringBuilder text = new StringBuilder();
        StringBuilder thought = new StringBuilder();
        List<String> calls = new ArrayList<>();
        for (JsonNode block : whole.path("content")) {
            text.append(block.path("text").asText(""));
            thought.append(block.path("thinking").asText(""));
            if (block.has("input")) {
                calls.add(call(block.path("name"), block.path("input").toString()));
            }
        }
        Tokens tokens = new AnthropicUsage().with(whole.path("usage"));
        return new Heard(
                text.toString(),
                thought.toString(),
                calls,
                tokens.input().orElseThrow(),
                tokens.output().orElseThrow(),
                AnthropicFinish.read(whole.path("stop_reason").asText(), "").reason());
    }

    private static Heard responses(JsonNode whole) {
        StringBuilder text = new StringBuilder();
        StringBuilder thought = new StringBuilder();
        List<String> calls = new ArrayList<>();
        for (JsonNode item : whole.path("output")) {
            item.path("content").forEach(part -> text.append(part.path("text").asText()));
            item.path("summary")
                    .forEach(part -> thought.append(part.path("text").asText()));
            if (item.has("arguments")) {
                calls.add(call(item.path("name"), item.path("arguments").asText()));
            }
        }
        return new Heard(
                text.toString(),
                thought.toString(),
                calls,
                whole.at("/usage/input_tokens").asLong(),
                whole.at("/usage/output_tokens").asLong(),
                ended(whole.path("status").asText().equals("incomplete"), calls));
    }

    /** Of {@code generate}, too, where no tools are called. */
    private static Heard ollama(JsonNode whole) {
        List<String> calls = new ArrayList<>();
        for (JsonNode call : whole.at("/message/tool_calls")) {
            calls.add(call(
                    call.at("/function/name"), call.at("/function/arguments").toString()));
        }
        return new Heard(
                whole.at("/message/content").asText("") + whole.path("response").asText(""),
                whole.at("/message/thinking").asText("")
                        + whole.path("thinking").asText(""),
                calls,
                whole.path("prompt_eval_count").asLong(),
                whole.path("eval_count").asLong(),
                ended(whole.path("done_reason").asText().equals("length"), calls));
    }

    private static String call(JsonNode name, String arguments) {
        return name.asText() + AnthropicBlocks.input(arguments);
    }

    /** Where there is no word for a model that waits for its tools. */
    private static Finish.Reason ended(boolean cut, List<String> calls) {
        return cut ? Finish.Reason.LENGTH : calls.isEmpty() ? Finish.Reason.END : Finish.Reason.TOOLS;
    }

    /** What is left of it where no tools can be called. */
    Heard withoutCalls() {
        return new Heard(text, thought, List.of(), input, output, end == Finish.Reason.TOOLS ? Finish.Reason.END : end);
    }
}
