package dev.signalbox.spi;

/**
 * A pattern in which {@code *} stands for any text and {@code ?} for one character. Matches in time linear in the text
 * for each star, without case.
 *
 * @param text the pattern as it was written
 */
public record Glob(String text) {

    /** Whether the pattern has a wildcard at all. */
    public boolean wild() {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /** Whether the whole name fits. */
    public boolean matches(String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            if (p < text.length() && text.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < text.length() && fits(text.charAt(p), name.charAt(n))) {
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

    /** The pattern. */
    @Override
    public String toString() {
        return text;
    }
}
