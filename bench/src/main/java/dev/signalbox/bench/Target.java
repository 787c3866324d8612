package dev.signalbox.bench;

import java.util.Locale;

/** What a number must not exceed, or must reach. */
record Target(boolean upper, double bound, String unit) {

    static Target atMost(double bound, String unit) {
        return new Target(true, bound, unit);
    }

    static Target atLeast(double bound, String unit) {
        return new Target(false, bound, unit);
    }

    /** Tells whether it is met; what is not a number is not. */
    boolean met(double value) {
        return upper ? value <= bound : value >= bound;
    }

    String text() {
        String number = String.format(Locale.ROOT, bound == Math.rint(bound) ? "%.0f" : "%.1f", bound);
        return (upper ? "≤ " : "≥ ") + number + unit;
    }
}
