package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Comparison;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.RequestView;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Whether a whole number compares so. */
record Amount(Comparison wanted, ToLongFunction<RequestView> measure) implements Matcher {

    private static final Comparison ANY = new Comparison(Comparison.Operator.AT_LEAST, 0);
    private static final Comparison NONE = new Comparison(Comparison.Operator.LESS, 0);

    /** Whether it holds for every amount, or for none, as there are none below 0; empty where that depends. */
    static Optional<Boolean> constant(Comparison wanted) {
        if (NONE.covers(wanted)) {
            return Optional.of(false);
        }
        return wanted.covers(ANY) ? Optional.of(true) : Optional.empty();
    }

    @Override
    public boolean matches(RequestView request) {
        return wanted.holds((double) measure.applyAsLong(request));
    }

    @Override
    public String seen(RequestView request) {
        return Long.toString(measure.applyAsLong(request));
    }
}
