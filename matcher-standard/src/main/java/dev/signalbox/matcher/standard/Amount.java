package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Comparison;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.RequestView;
import java.util.function.ToLongFunction;

/** Whether a whole number compares so. */
record Amount(Comparison wanted, ToLongFunction<RequestView> measure) implements Matcher {

    @Override
    public boolean matches(RequestView request) {
        return wanted.holds((double) measure.applyAsLong(request));
    }

    @Override
    public String seen(RequestView request) {
        return Long.toString(measure.applyAsLong(request));
    }
}
