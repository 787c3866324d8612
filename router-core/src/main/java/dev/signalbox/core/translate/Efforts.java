package dev.signalbox.core.translate;

/** Efforts of thinking: levels, and what they come to in tokens. */
final class Efforts {

    private static final long LOW = 2048;
    private static final long MEDIUM = 8192;
    private static final long HIGH = 16_384;
    private static final long MOST = 32_768;

    /** The least that can be asked for where tokens are said. */
    static final long LEAST = 1024;

    private Efforts() {}

    /** The level that so many tokens come to. */
    static String ofBudget(long tokens) {
        if (tokens <= LOW) {
            return "low";
        }
        return tokens <= MEDIUM ? "medium" : "high";
    }

    /** So many tokens come to a level; one that nobody knows is the middle. */
    static long budget(String level) {
        return switch (level) {
            case "minimal" -> LEAST;
            case "low" -> LOW;
            case "high" -> HIGH;
            case "xhigh", "max" -> MOST;
            default -> MEDIUM;
        };
    }

    /** What was asked for as a level in OpenAI's words; empty if nothing was. */
    static String said(Reasoning reasoning) {
        if (!reasoning.wanted().orElse(true)) {
            return "none";
        }
        return reasoning.effort().isEmpty() && reasoning.budget().isPresent()
                ? ofBudget(reasoning.budget().getAsLong())
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
