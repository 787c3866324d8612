package dev.signalbox.core.translate;

/** Efforts of thinking: the levels of the dialects. */
final class Efforts {

    private Efforts() {}

    /** What was asked for as a level in OpenAI's words; empty if nothing was. */
    static String said(Reasoning reasoning, Budgets budgets) {
        if (!reasoning.wanted().orElse(true)) {
            return "none";
        }
        return reasoning.effort().isEmpty() && reasoning.budget().isPresent()
                ? budgets.level(reasoning.budget().getAsLong())
                : openAi(reasoning.effort());
    }

    /** A level in OpenAI's words. */
    private static String openAi(String level) {
        return level.equals("max") ? "xhigh" : level;
    }

    /** A level in Anthropic's words. */
    static String anthropic(String level) {
        return level.equals("minimal") ? "low" : level;
    }

    /** A level in Ollama's words. */
    static String ollama(String level) {
        return switch (level) {
            case "minimal" -> "low";
            case "xhigh" -> "max";
            default -> level;
        };
    }
}
