package dev.signalbox.spi;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as they are written: {@code 250ms}, {@code 30s}, {@code 1h30m}. */
final class Durations {

    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h|d)");
    private static final Pattern WHOLE = Pattern.compile("(?:\\d{1,9}(?:\\.\\d{1,9})?(?:ms|s|m|h|d)){1,5}");

    private static final Map<String, Duration> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("d", Duration.ofDays(1));
        UNITS.put("h", Duration.ofHours(1));
        UNITS.put("m", Duration.ofMinutes(1));
        UNITS.put("s", Duration.ofSeconds(1));
        UNITS.put("ms", Duration.ofMillis(1));
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
            long unit = unit(part.group(2)).toNanos();
            BigDecimal nanos = new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit));
            sum = sum.plus(Duration.ofNanos(nanos.toBigInteger().longValueExact()));
        }
        return sum;
    }

    static String show(Duration time) {
        if (time.isZero()) {
            return "0s";
        }
        for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
            if (unit.getValue().multipliedBy(time.dividedBy(unit.getValue())).equals(time)) {
                return time.dividedBy(unit.getValue()) + unit.getKey();
            }
        }
        return Comparisons.number(time.toNanos() / 1e6) + "ms";
    }

    private static Duration unit(String name) {
        return java.util.Objects.requireNonNull(UNITS.get(name));
    }
}
