package dev.signalbox.core.translate;

import dev.signalbox.core.translate.Finish.Reason;

/** Why an answer ended, in OpenAI's words. */
final class OpenAiFinish {

    private OpenAiFinish() {}

    /**
     * What a word means.
     *
     * @param stop the text that ended the answer, which some servers tell beside it; empty if there is none
     */
    static Finish read(String word, String stop) {
        return switch (word) {
            case "stop", "eos_token" ->
                stop.isEmpty() ? Finish.of(Reason.END, word) : new Finish(Reason.STOP_TEXT, word, stop);
            case "stop_sequence" -> new Finish(Reason.STOP_TEXT, word, stop);
            case "length" -> Finish.of(Reason.LENGTH, word);
            case "tool_calls", "function_call" -> Finish.of(Reason.TOOLS, word);
            case "content_filter" -> Finish.of(Reason.REFUSED, word);
            default -> Finish.of(Reason.OTHER, word);
        };
    }

    /** The word for it; some servers say that they have stopped where they wait for tools. */
    static String write(Finish finish, boolean called, boolean legacy) {
        return switch (finish.reason()) {
            case END -> ended(called, legacy);
            case STOP_TEXT -> "stop";
            case LENGTH, CONTEXT -> "length";
            case TOOLS -> tools(legacy);
            case REFUSED -> "content_filter";
            case OTHER -> finish.raw().isEmpty() ? ended(called, legacy) : finish.raw();
        };
    }

    private static String ended(boolean called, boolean legacy) {
        return called ? tools(legacy) : "stop";
    }

    private static String tools(boolean legacy) {
        return legacy ? "function_call" : "tool_calls";
    }
}
