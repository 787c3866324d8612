package dev.signalbox.spi;

import java.util.Optional;
import java.util.regex.Pattern;

/** Comparisons as they are written. */
final class Comparisons {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?([eE][+-]?\\d{1,3})?");

    private Comparisons() {}

    static Optional<Comparison> parse(String text) {
        Optional<Comparison.Operator> sign = Comparison.Operator.startOf(text);
        int skip = sign.map(op -> op.sign().length()).orElse(0);
        try {
            double limit = parseNumber(text.substring(skip).strip());
            return Optional.of(new Comparison(sign.orElse(Comparison.Operator.AT_LEAST), limit));
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    /** A finite number in digits; Java's {@code 0x1p3}, {@code 1d} and {@code NaN} are none. */
    static double parseNumber(String text) {
        double value = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    /** A number without a needless fraction. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
