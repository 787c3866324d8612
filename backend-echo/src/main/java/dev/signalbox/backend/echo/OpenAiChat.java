package dev.signalbox.backend.echo;

import static dev.signalbox.api.JsonText.quote;

import java.util.ArrayList;
import java.util.List;

/** {@code /v1/chat/completions}. */
final class OpenAiChat implements Manner {

    @Override
    public String whole(Said said) {
        String message = said.tool()
                .map(tool -> "\"content\":null,\"tool_calls\":[{%s}]".formatted(toolCall(tool)))
                .orElseGet(() -> "\"content\":" + quote(said.text()));
        return """
                {"id":"chatcmpl-echo","object":"chat.completion","created":0,"model":%s,"choices":[{"index":0,\
                "message":{"role":"assistant",%s},"finish_reason":%s}],%s}""".formatted(quote(said.model()), message, finish(said), usage(said));
    }

    @Override
    public List<String> opening(Said said) {
        return List.of(delta(said, "{\"role\":\"assistant\",\"content\":\"\"}", "null"));
    }

    @Override
    public String word(Said said, String piece) {
        return delta(said, "{\"content\":%s}".formatted(quote(piece)), "null");
    }

    @Override
    public String call(Said said, String tool) {
        return delta(said, "{\"tool_calls\":[{\"index\":0,%s}]}".formatted(toolCall(tool)), "null");
    }

    @Override
    public List<String> closing(Said said, boolean usage) {
        List<String> frames = new ArrayList<>();
        frames.add(delta(said, "{}", finish(said)));
        if (usage) {
            frames.add(chunk(said, "\"choices\":[]," + usage(said)));
        }
        frames.add("data: [DONE]\n\n");
        return frames;
    }

    @Override
    public String error(String words) {
        return errorFrame(words);
    }

    static String errorFrame(String words) {
        return "data: {\"error\":{\"message\":%s,\"type\":\"server_error\",\"param\":null,\"code\":null}}\n\n"
                .formatted(quote(words));
    }

    static String usage(Said said) {
        return "\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
                .formatted(said.input(), said.output(), said.input() + said.output());
    }

    private static String delta(Said said, String delta, String finish) {
        return chunk(said, "\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]".formatted(delta, finish));
    }

    private static String chunk(Said said, String rest) {
        return "data: {\"id\":\"chatcmpl-echo\",\"object\":\"chat.completion.chunk\",\"created\":0,\"model\":%s,%s}\n\n"
                .formatted(quote(said.model()), rest);
    }

    private static String toolCall(String tool) {
        return "\"id\":\"call_echo\",\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":\"{}\"}"
                .formatted(quote(tool));
    }

    private static String finish(Said said) {
        return said.tool().isPresent() ? "\"tool_calls\"" : "\"stop\"";
    }
}
