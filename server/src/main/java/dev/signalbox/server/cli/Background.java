package dev.signalbox.server.cli;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server does beside serving, once it serves: it makes the cache for the next start. */
final class Background implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    /** The first requests of somebody who waited for the start go before. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Duration ENDING = Duration.ofSeconds(2);

    private final Thread thread;

    private Background(Thread thread) {
        this.thread = thread;
    }

    /** Begins; returns at once. */
    static Background start() {
        return new Background(Thread.ofVirtual().name("signalbox-background").start(Background::run));
    }

    private static void run() {
        try {
            Thread.sleep(PAUSE);
            StartCache.ofProcess().filter(cache -> !cache.isGood()).ifPresent(Background::make);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void make(StartCache cache) {
        try {
            if (cache.make()) {
                LOG.debug("The next start will be faster: {}", cache.file());
            }
        } catch (IOException | RuntimeException failure) { // nobody asked for it, and nothing depends on it
            LOG.debug("The next start will be as slow as this one: {}", failure.toString());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it, and the process that it may have started. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(ENDING);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
