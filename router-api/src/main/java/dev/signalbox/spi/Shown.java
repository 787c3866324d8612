package dev.signalbox.spi;

import java.util.regex.Pattern;

/** How a value from outside is shown in a message: on one line, not too long, without the user info of a URI. */
final class Shown {

    private static final int LONGEST = 80;
    private static final Pattern USER_INFO = Pattern.compile("//[^/\\s]*@");

    private Shown() {}

    static String quoted(String text) {
        String tame = USER_INFO
                .matcher(text)
                .replaceAll("//***@")
                .codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return tame.length() <= LONGEST ? "\"" + tame + "\"" : "\"" + tame.substring(0, LONGEST) + "…\"";
    }
}
