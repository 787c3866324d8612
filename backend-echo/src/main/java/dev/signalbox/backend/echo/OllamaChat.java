package dev.signalbox.backend.echo;

import static dev.signalbox.api.JsonText.quote;

/** {@code /api/chat}. */
final class OllamaChat extends OllamaLines {

    @Override
    String content(String text) {
        return "\"message\":{\"role\":\"assistant\",\"content\":%s}".formatted(quote(text));
    }

    @Override
    String call(String tool) {
        return """
                "message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":%s,"arguments":{}}}]}""".formatted(quote(tool));
    }
}
