package dev.signalbox.spi;

import java.util.regex.Pattern;

/**
 * A pattern in which {@code *} stands for any text and {@code ?} for one character. Matches in time linear in the text
 * for each star, without case.
 *
 * @param text the pattern as it was written
 */
public record Glob(String text) {

    private static final Pattern WILDCARDS = Pattern.compile("[*?]+");

    /** Whether the pattern has a wildcard at all. */
    public boolean wild() {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /** Whether the whole name fits. */
    public boolean matches(String name) {
        return walk(text, name, Glob::fits);
    }

    /** Whether every name that fits the other pattern fits this one too; a pattern covers itself. */
    public boolean covers(Glob other) {
        return walk(ordered(text), ordered(other.text), Glob::takesIn);
    }

    /** Whether a text, or the symbols of a pattern, can be read along a pattern; only its stars take any number. */
    private static boolean walk(String text, String name, Fit fit) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            if (p < text.length() && text.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < text.length() && fit.of(text.charAt(p), name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (p < text.length() && text.charAt(p) == '*') {
            p++;
        }
        return p == text.length();
    }

    private static boolean fits(char pattern, char c) {
        return pattern == '?' || Character.toLowerCase(pattern) == Character.toLowerCase(c);
    }

    /** Whether one symbol of a pattern takes in one of another: only a star takes in a star. */
    private static boolean takesIn(char pattern, char other) {
        return other != '*' && fits(pattern, other);
    }

    /** The same pattern with every run of wildcards written in one way: {@code *?*} as {@code ?*}. */
    private static String ordered(String text) {
        return WILDCARDS.matcher(text).replaceAll(run -> {
            String all = run.group();
            return all.indexOf('*') < 0 ? all : all.replace("*", "") + "*";
        });
    }

    /** Whether one symbol of a pattern takes a character. */
    private interface Fit {
        boolean of(char pattern, char c);
    }

    /** The pattern. */
    @Override
    public String toString() {
        return text;
    }
}
