package dev.signalbox.matcher.standard;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.signalbox.spi.Option;

/**
 * A regular expression from a configuration, which runs in time linear in the text whatever it says. The only class
 * that knows re2j.
 */
final class Expression {

    private static final int LONGEST = 4096;

    private final Pattern pattern;
    private final Required required;

    private Expression(Pattern pattern) {
        this.pattern = pattern;
        this.required = Required.of(pattern.pattern());
    }

    /** Takes one as configuration writes it. */
    static Option<Expression> option(String name) {
        return Option.parsed(name, "a regular expression such as (?i)stack ?trace", Expression::of);
    }

    static Expression of(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "it has %d characters; 1 to %d are taken".formatted(text.length(), LONGEST));
        }
        try {
            return new Expression(Pattern.compile(text));
        } catch (PatternSyntaxException bad) {
            throw new IllegalArgumentException(why(bad), bad);
        }
    }

    private static String why(PatternSyntaxException bad) {
        String what = bad.getPattern().startsWith("(?")
                ? " (it runs in linear time, so there is no looking ahead or behind)"
                : "";
        return "%s at `%s`%s".formatted(bad.getDescription(), bad.getPattern(), what);
    }

    /** Where it is first found; -1 if it is not. */
    int find(String text) {
        if (!required.mayBeIn(text)) {
            return -1;
        }
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.start() : -1;
    }

    /** Whether the whole text fits. */
    boolean fits(String text) {
        return pattern.matches(text);
    }

    /** Equal if they are written alike. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Expression expression && toString().equals(expression.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
