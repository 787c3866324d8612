package dev.signalbox.spi;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as they are written: {@code 250ms}, {@code 30s}, {@code 1h30m}. */
final class Durations {

    private static final Pattern PART = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?(ms|s|m|h|d)");
    private static final Pattern WHOLE = Pattern.compile("(?:\\d{1,9}(?:\\.\\d{1,9})?(?:ms|s|m|h|d)){1,5}");

    /** Nanoseconds, the largest first. */
    private static final SequencedMap<String, Long> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("d", Duration.ofDays(1).toNanos());
        UNITS.put("h", Duration.ofHours(1).toNanos());
        UNITS.put("m", Duration.ofMinutes(1).toNanos());
        UNITS.put("s", Duration.ofSeconds(1).toNanos());
        UNITS.put("ms", Duration.ofMillis(1).toNanos());
    }

    private Durations() {}

    static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            long unit = Objects.requireNonNull(UNITS.get(part.group(3)));
            long whole = Math.multiplyExact(Long.parseLong(part.group(1)), unit);
            // every unit is some millions of nanoseconds, so this is exact and never too large
            long rest = billionths(part.group(2)) * (unit / 1_000_000) / 1_000;
            sum = sum.plusNanos(whole).plusNanos(rest);
        }
        return sum;
    }

    static String show(Duration time) {
        if (time.isZero()) {
            return "0s";
        }
        for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
            if (time.toNanos() % unit.getValue() == 0) {
                return time.toNanos() / unit.getValue() + unit.getKey();
            }
        }
        return Comparisons.number(time.toNanos() / 1e6) + "ms";
    }

    /** No {@code BigDecimal} here, nor what divides a {@code Duration} with it: a JDK of 25 takes 20 ms for the first. */
    private static long billionths(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong((digits + "000000000").substring(0, 9));
    }
}
