package dev.signalbox.matcher.standard;

/**
 * A text without which an expression is nowhere found, so that most texts need not be looked through by the expression.
 *
 * @param text what has to be there; empty if nothing is known to have to
 * @param anyCase whether upper and lower case are the same
 */
record Required(String text, boolean anyCase) {

    private static final Required NOTHING = new Required("", false);
    private static final String FLAG = "(?i)";
    private static final String SPECIAL = "\\^$.|?*+()[]{}";
    private static final int SHORTEST = 3;

    /** From the rarest to the most frequent, in English and in code. */
    private static final String RARE_FIRST = "zqxjkvbwygpfmucldhrsnioate ";

    /** Letters beyond ASCII that are {@code s} and {@code k} to an expression that takes any case. */
    private static final char LONG_S = '\u017F';

    private static final char KELVIN = '\u212A';

    /** What an expression of RE2's syntax requires, as far as it is easily told: the longest row of plain characters. */
    static Required of(String expression) {
        boolean anyCase = expression.startsWith(FLAG);
        String rest = anyCase ? expression.substring(FLAG.length()) : expression;
        String row = longestRow(rest);
        return row.length() < SHORTEST ? NOTHING : new Required(row, anyCase);
    }

    /** Stops before anything that takes more than a look: groups, classes and choices. */
    private static String longestRow(String expression) {
        if (expression.indexOf('|') >= 0 || expression.contains("(?") || expression.contains("\\Q")) {
            return "";
        }
        String longest = "";
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < expression.length() && plainOrRepeated(expression.charAt(i)); i++) {
            char c = expression.charAt(i);
            boolean optional = i + 1 < expression.length() && "?*{".indexOf(expression.charAt(i + 1)) >= 0;
            if (plain(c) && !optional) {
                row.append(c);
            } else {
                longest = row.length() > longest.length() ? row.toString() : longest;
                row.setLength(0);
            }
            if (optional && expression.charAt(i + 1) == '{') {
                break; // how often it is repeated is not read
            }
        }
        return row.length() > longest.length() ? row.toString() : longest;
    }

    private static boolean plainOrRepeated(char c) {
        return plain(c) || "?*+.".indexOf(c) >= 0;
    }

    /** ASCII only: what else is the same in another case is a science. */
    private static boolean plain(char c) {
        return c >= ' ' && c < 0x7F && SPECIAL.indexOf(c) < 0;
    }

    /** Whether it may be in that text; true if that takes a closer look. */
    boolean mayBeIn(String said) {
        if (text.isEmpty()) {
            return true;
        }
        if (!anyCase) {
            return said.contains(text);
        }
        return said.indexOf(LONG_S) >= 0 || said.indexOf(KELVIN) >= 0 || isInAnyCaseIn(said);
    }

    /** Goes from one occurrence of the rarest letter to the next. */
    private boolean isInAnyCaseIn(String said) {
        int rarest = rarest();
        char lower = Character.toLowerCase(text.charAt(rarest));
        char upper = Character.toUpperCase(lower);
        return isAround(lower, rarest, said) || (upper != lower && isAround(upper, rarest, said));
    }

    private boolean isAround(char c, int rarest, String said) {
        for (int at = said.indexOf(c); at >= 0; at = said.indexOf(c, at + 1)) {
            if (said.regionMatches(true, at - rarest, text, 0, text.length())) {
                return true;
            }
        }
        return false;
    }

    /** Where its rarest character stands; what is no letter and no space is rarer than any letter. */
    private int rarest() {
        int best = 0;
        for (int i = 1; i < text.length(); i++) {
            best = frequency(text.charAt(i)) < frequency(text.charAt(best)) ? i : best;
        }
        return best;
    }

    private static int frequency(char c) {
        return RARE_FIRST.indexOf(Character.toLowerCase(c));
    }
}
