package dev.signalbox.spi;

/**
 * What a guard granted. The engine calls exactly one of {@link #undo} and {@link #end}, exactly once; of {@link #NOTHING}
 * none.
 */
public interface Lease {

    /** Nothing to give back: the engine tells it nothing. */
    Lease NOTHING = new Lease() {
        @Override
        public void undo() {}

        @Override
        public void end(AttemptReport report) {}
    };

    /** Somebody else did not grant: as if it had never been. Called inside the waiting room's step; does not block. */
    void undo();

    /** The first content is here; {@link #end} still comes. Called at most once, not where there is none. Does not block. */
    default void committed(AttemptReport report) {}

    /** The attempt is over. Does not block. */
    void end(AttemptReport report);
}
