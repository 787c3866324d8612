package dev.signalbox.matcher.standard;

import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.RequestView;
import java.util.function.ToIntFunction;

/**
 * Whether something is found in what is said.
 *
 * @param scope where to look
 * @param find tells where it begins, a negative number if it is not there
 */
record Content(Scope scope, ToIntFunction<String> find) implements Matcher {

    @Override
    public boolean matches(RequestView request) {
        return find.applyAsInt(scope.text(request)) >= 0;
    }

    /** The place, never the words: what is said is nobody's business. */
    @Override
    public String seen(RequestView request) {
        int at = find.applyAsInt(scope.text(request));
        return at < 0 ? "not there" : "at character " + at;
    }
}
