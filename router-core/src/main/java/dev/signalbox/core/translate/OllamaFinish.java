package dev.signalbox.core.translate;

import dev.signalbox.core.translate.Finish.Reason;

/** Why an answer ended, in Ollama's words, which has none for a model that waits for its tools. */
final class OllamaFinish {

    private OllamaFinish() {}

    static Finish read(String word) {
        return switch (word) {
            case "", "stop" -> Finish.of(Reason.END, word);
            case "length" -> Finish.of(Reason.LENGTH, word);
            default -> Finish.of(Reason.OTHER, word);
        };
    }

    static String write(Finish finish) {
        return switch (finish.reason()) {
            case END, STOP_TEXT, TOOLS, REFUSED -> "stop";
            case LENGTH, CONTEXT -> "length";
            case OTHER -> finish.raw().isEmpty() ? "stop" : finish.raw();
        };
    }
}
