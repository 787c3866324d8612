package dev.signalbox.spi;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as they are written: {@code 512}, {@code 64KiB}, {@code 1.5GiB}, {@code 19GB}. */
final class Sizes {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?) ?([kmgt]?)(i?)b?");
    private static final String PREFIXES = "kmgt";
    private static final List<String> NAMES = List.of("TiB", "GiB", "MiB", "KiB");

    private Sizes() {}

    static long parse(String text) {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!size.matches() || (size.group(2).isEmpty() && !size.group(3).isEmpty())) {
            throw new IllegalArgumentException(text);
        }
        int power = size.group(2).isEmpty() ? 0 : PREFIXES.indexOf(size.group(2)) + 1;
        BigDecimal unit =
                BigDecimal.valueOf(size.group(3).isEmpty() ? 1_000 : 1_024).pow(power);
        return new BigDecimal(size.group(1)).multiply(unit).toBigInteger().longValueExact();
    }

    static String show(long bytes) {
        for (int i = 0; i < NAMES.size(); i++) {
            long unit = 1L << (10 * (NAMES.size() - i));
            if (bytes != 0 && bytes % unit == 0) {
                return bytes / unit + NAMES.get(i);
            }
        }
        return Long.toString(bytes);
    }
}
