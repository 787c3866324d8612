package dev.signalbox.core.translate;

import dev.signalbox.core.translate.Finish.Reason;

/** Why an answer ended, in Anthropic's words. */
final class AnthropicFinish {

    private AnthropicFinish() {}

    /**
     * What a word means.
     *
     * @param stop the text that ended the answer; empty if it is not said
     */
    static Finish read(String word, String stop) {
        return switch (word) {
            case "end_turn" -> Finish.of(Reason.END, word);
            case "stop_sequence" -> new Finish(Reason.STOP_TEXT, word, stop);
            case "max_tokens" -> Finish.of(Reason.LENGTH, word);
            case "model_context_window_exceeded" -> Finish.of(Reason.CONTEXT, word);
            case "tool_use" -> Finish.of(Reason.TOOLS, word);
            case "refusal" -> Finish.of(Reason.REFUSED, word);
            default -> Finish.of(Reason.OTHER, word);
        };
    }

    /** The word for it; some servers say that they have stopped where they wait for tools, or have refused. */
    static String write(Finish finish, boolean called, boolean refused) {
        return switch (finish.reason()) {
            case END -> ended(called, refused);
            case STOP_TEXT -> "stop_sequence";
            case LENGTH -> "max_tokens";
            case CONTEXT -> "model_context_window_exceeded";
            case TOOLS -> "tool_use";
            case REFUSED -> "refusal";
            case OTHER -> finish.raw().isEmpty() ? ended(called, refused) : finish.raw();
        };
    }

    private static String ended(boolean called, boolean refused) {
        if (refused) {
            return "refusal";
        }
        return called ? "tool_use" : "end_turn";
    }
}
