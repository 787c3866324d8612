package dev.signalbox.backend.echo;

import static dev.signalbox.api.JsonText.quote;

import java.util.List;

/** {@code /v1/messages}. */
final class AnthropicMessages implements Manner {

    @Override
    public String whole(Said said) {
        return message(said, "[" + block(said, said.text(), "{}") + "]", stop(said), said.output());
    }

    @Override
    public List<String> opening(Said said) {
        String message = message(said, "[]", "null", 0);
        String block = block(said, "", "{}");
        return List.of(
                event("message_start", "\"message\":" + message),
                event("content_block_start", "\"index\":0,\"content_block\":" + block));
    }

    @Override
    public String word(Said said, String piece) {
        return delta("\"type\":\"text_delta\",\"text\":" + quote(piece));
    }

    @Override
    public String call(Said said, String tool) {
        return delta("\"type\":\"input_json_delta\",\"partial_json\":\"{}\"");
    }

    @Override
    public List<String> closing(Said said, boolean usage) {
        return List.of(
                event("content_block_stop", "\"index\":0"),
                event(
                        "message_delta",
                        "\"delta\":{\"stop_reason\":%s,\"stop_sequence\":null},\"usage\":{\"output_tokens\":%d}"
                                .formatted(stop(said), said.output())),
                "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }

    @Override
    public String error(String words) {
        return event("error", "\"error\":{\"type\":\"api_error\",\"message\":%s}".formatted(quote(words)));
    }

    private static String message(Said said, String content, String stop, long output) {
        return """
                {"id":"msg_echo","type":"message","role":"assistant","model":%s,"content":%s,"stop_reason":%s,\
                "stop_sequence":null,"usage":{"input_tokens":%d,"output_tokens":%d}}""".formatted(quote(said.model()), content, stop, said.input(), output);
    }

    private static String block(Said said, String text, String arguments) {
        return said.tool()
                .map(tool -> "{\"type\":\"tool_use\",\"id\":\"toolu_echo\",\"name\":%s,\"input\":%s}"
                        .formatted(quote(tool), arguments))
                .orElseGet(() -> "{\"type\":\"text\",\"text\":%s}".formatted(quote(text)));
    }

    private static String delta(String members) {
        return event("content_block_delta", "\"index\":0,\"delta\":{%s}".formatted(members));
    }

    private static String event(String type, String members) {
        return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, members);
    }

    private static String stop(Said said) {
        return said.tool().isPresent() ? "\"tool_use\"" : "\"end_turn\"";
    }
}
