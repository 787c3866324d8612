package dev.signalbox.spi;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sizes as they are written: {@code 512}, {@code 64KiB}, {@code 1.5GiB}, {@code 19GB}. */
final class Sizes {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(?:\\.(\\d{1,6}))? ?([kmgt]?)(i?)b?");
    private static final String PREFIXES = "kmgt";
    private static final List<String> NAMES = List.of("TiB", "GiB", "MiB", "KiB");

    private Sizes() {}

    static long parse(String text) {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!size.matches() || (size.group(3).isEmpty() && !size.group(4).isEmpty())) {
            throw new IllegalArgumentException(text);
        }
        int power = size.group(3).isEmpty() ? 0 : PREFIXES.indexOf(size.group(3)) + 1;
        long unit = unit(size.group(4).isEmpty() ? 1_000 : 1_024, power);
        long whole = Math.multiplyExact(Long.parseLong(size.group(1)), unit);
        return Math.addExact(whole, millionths(size.group(2)) * unit / 1_000_000);
    }

    private static long unit(long base, int power) {
        long unit = 1;
        for (int i = 0; i < power; i++) {
            unit *= base;
        }
        return unit;
    }

    /** No {@code BigDecimal} here: a JDK of 25 takes 20 ms for the first. */
    private static long millionths(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong((digits + "000000").substring(0, 6));
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
