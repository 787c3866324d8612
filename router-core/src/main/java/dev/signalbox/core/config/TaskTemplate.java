package dev.signalbox.core.config;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a task and its context become one prompt.
 *
 * @param text the prompt, with {@code {context}} and {@code {prompt}} where they belong
 */
public record TaskTemplate(String text) {

    /** One below the other. */
    public static final TaskTemplate PLAIN = new TaskTemplate("{context}\n\n{prompt}");

    private static final Pattern PLACES = Pattern.compile("\\{(context|prompt)}");

    /** Whether it has a place for both. */
    boolean whole() {
        return text.contains("{context}") && text.contains("{prompt}");
    }

    /** The prompt. What a client wrote is taken as it is, whatever it looks like. */
    public String filled(String context, String prompt) {
        return PLACES.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(wanted(place).equals("context") ? context : prompt));
    }

    private static String wanted(MatchResult place) {
        return place.group(1);
    }
}
