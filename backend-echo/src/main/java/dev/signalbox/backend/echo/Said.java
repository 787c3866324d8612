package dev.signalbox.backend.echo;

import dev.signalbox.spi.RequestView;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is answered, before it takes the shape of a dialect.
 *
 * @param model the model that is said to answer
 * @param text the whole text; empty if a tool is called
 * @param tool the name of a tool to call
 * @param input tokens of the request, estimated
 */
record Said(String model, String text, Optional<String> tool, long input) {

    /** A word and the space behind it, or the space in front of the first one. */
    private static final Pattern PIECE = Pattern.compile("\\S+\\s*|\\s+");

    /** The most bytes of a request whose words are said back: many large ones at once must not fill the memory. */
    static final long LONGEST_REQUEST = 1 << 20;

    private static final long BYTES_PER_TOKEN = 4;

    /**
     * What that template says to a request; a call of a tool if the user wrote {@code call} and the name of one that is
     * offered, and none was called yet. Of a large request only its size is said back.
     */
    static Said to(RequestView request, String model, String template) {
        if (request.size() > LONGEST_REQUEST) {
            String size = "a request of %d bytes".formatted(request.size());
            String text = template.replace("{model}", model).replace("{text}", size);
            return new Said(model, text, Optional.empty(), request.size() / BYTES_PER_TOKEN);
        }
        String asked = request.lastUserText();
        Optional<String> tool = request.tools().stream()
                .filter(name -> request.toolCalls().isEmpty() && asked.contains("call " + name))
                .findFirst();
        String text = template.replace("{model}", model).replace("{text}", asked);
        return new Said(model, tool.isPresent() ? "" : text, tool, Math.max(1, request.approximateTokens()));
    }

    /** The text word by word. */
    Stream<String> pieces() {
        return PIECE.matcher(text).results().map(MatchResult::group);
    }

    /** Tokens of the answer: one for each word, or one for a call. */
    long output() {
        return tool.isPresent() ? 1 : pieces().count();
    }
}
