package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.RequestView;
import java.util.function.ToIntFunction;

/** Whether there is at least one of something, or none where that is wanted. */
record Question(boolean wanted, ToIntFunction<RequestView> count) implements Matcher {

    @Override
    public boolean matches(RequestView request) {
        return count.applyAsInt(request) > 0 == wanted;
    }

    @Override
    public String seen(RequestView request) {
        return Integer.toString(count.applyAsInt(request));
    }
}
