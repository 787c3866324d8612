package dev.signalbox.spi;

import java.util.Optional;

/** Comparisons as they are written. */
final class Comparisons {

    private Comparisons() {}

    static Optional<Comparison> parse(String text) {
        Optional<Comparison.Operator> sign = Comparison.Operator.startOf(text);
        int skip = sign.map(op -> op.sign().length()).orElse(0);
        try {
            double limit = Double.parseDouble(text.substring(skip).strip());
            return Double.isFinite(limit)
                    ? Optional.of(new Comparison(sign.orElse(Comparison.Operator.AT_LEAST), limit))
                    : Optional.empty();
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    /** A number without a needless fraction. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
