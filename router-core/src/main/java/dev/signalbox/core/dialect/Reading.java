package dev.signalbox.core.dialect;

/**
 * Several questions about one request in a row: what they need of a large body is read once and held until this is
 * closed. Whoever waits for anything else in between {@linkplain #pause pauses}. For one thread; others may ask
 * meanwhile.
 */
public final class Reading implements AutoCloseable {

    private final Recall recall;

    Reading(Recall recall) {
        this.recall = recall;
    }

    /** Lets go of what is held; the next question has it read again. */
    public void pause() {
        recall.letGo();
    }

    @Override
    public void close() {
        recall.end();
    }
}
