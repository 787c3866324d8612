package dev.signalbox.backend.echo;

import static dev.signalbox.api.JsonText.quote;

/** {@code /api/generate}; has no tools. */
final class OllamaGenerate extends OllamaLines {

    @Override
    String content(String text) {
        return "\"response\":" + quote(text);
    }

    @Override
    String call(String tool) {
        return content("");
    }
}
