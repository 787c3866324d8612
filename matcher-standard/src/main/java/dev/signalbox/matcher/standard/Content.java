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
        return find(request).holds();
    }

    @Override
    public String seen(RequestView request) {
        return find(request).seen();
    }

    /** The place, never the words: what is said is nobody's business. */
    @Override
    public Finding find(RequestView request) {
        int at = find.applyAsInt(scope.text(request));
        return new Finding(at >= 0, at < 0 ? "not there" : "at character " + at);
    }
}
