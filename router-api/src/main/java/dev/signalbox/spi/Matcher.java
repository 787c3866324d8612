package dev.signalbox.spi;

/** A pure question about a request. One instance serves the whole router; any thread may ask. */
@FunctionalInterface
public interface Matcher {

    /**
     * An answer with what it rests on.
     *
     * @param holds what {@link Matcher#matches} says
     * @param seen what {@link Matcher#seen} says
     */
    record Finding(boolean holds, String seen) {}

    /** Whether it holds. No I/O, no side effects, the same answer every time. */
    boolean matches(RequestView request);

    /** What it measured, such as {@code 0.27}, for an explanation; empty if there is nothing to show. */
    default String seen(RequestView request) {
        return "";
    }

    /** Both at once; for matchers that measure something that takes its time, and need measure it but once. */
    default Finding find(RequestView request) {
        return new Finding(matches(request), seen(request));
    }
}
