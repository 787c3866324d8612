package dev.signalbox.spi;

/** Watches what the router does. */
@FunctionalInterface
public interface RouterListener extends AutoCloseable {

    /**
     * Something happened. Called on the thread it happened on, so it must not block; what it throws harms nobody and is
     * logged. New kinds of event come with new versions: handle what you know and ignore the rest.
     */
    void on(RouterEvent event);

    @Override
    default void close() {}
}
