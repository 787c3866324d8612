package dev.signalbox.spi;

/** A pure question about a request. One instance serves the whole router; any thread may ask. */
@FunctionalInterface
public interface Matcher {

    /** Whether it holds. No I/O, no side effects, the same answer every time. */
    boolean matches(RequestView request);

    /** What it measured, such as {@code 0.27}, for an explanation; empty if there is nothing to show. */
    default String seen(RequestView request) {
        return "";
    }
}
