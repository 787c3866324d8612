package dev.signalbox.spi;

import java.util.Arrays;
import java.util.Optional;

/**
 * A question about a number: {@code >= 0.3}.
 *
 * @param operator how to compare
 * @param limit what to compare with
 */
public record Comparison(Operator operator, double limit) {

    /** How to compare. */
    public enum Operator {
        AT_LEAST(">="),
        AT_MOST("<="),
        MORE(">"),
        LESS("<"),
        EQUAL("=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        static Optional<Operator> startOf(String text) {
            return Arrays.stream(values())
                    .filter(op -> text.startsWith(op.sign))
                    .findFirst();
        }
    }

    /** Whether it holds for that number. */
    public boolean holds(double number) {
        return switch (operator) {
            case AT_LEAST -> number >= limit;
            case AT_MOST -> number <= limit;
            case MORE -> number > limit;
            case LESS -> number < limit;
            case EQUAL -> number == limit;
        };
    }

    /** Whether it holds for every number for which the other one holds; a comparison covers itself. */
    public boolean covers(Comparison other) {
        return switch (other.operator) {
            case EQUAL -> holds(other.limit);
            case AT_LEAST -> above() && holds(other.limit);
            case AT_MOST -> below() && holds(other.limit);
            case MORE -> above() && limit <= other.limit;
            case LESS -> below() && limit >= other.limit;
        };
    }

    /** The one that holds wherever this one does not; empty if no comparison does. Of numbers, not of {@code NaN}. */
    public Optional<Comparison> opposite() {
        return switch (operator) {
            case AT_LEAST -> Optional.of(new Comparison(Operator.LESS, limit));
            case AT_MOST -> Optional.of(new Comparison(Operator.MORE, limit));
            case MORE -> Optional.of(new Comparison(Operator.AT_MOST, limit));
            case LESS -> Optional.of(new Comparison(Operator.AT_LEAST, limit));
            case EQUAL -> Optional.empty();
        };
    }

    /** Whether it holds for everything beyond some number. */
    private boolean above() {
        return operator == Operator.AT_LEAST || operator == Operator.MORE;
    }

    /** Whether it holds for everything below some number. */
    private boolean below() {
        return operator == Operator.AT_MOST || operator == Operator.LESS;
    }

    /** {@code >= 0.3}. */
    @Override
    public String toString() {
        return operator.sign + " " + Comparisons.number(limit);
    }
}
