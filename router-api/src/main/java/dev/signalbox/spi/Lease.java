package dev.signalbox.spi;

/** What a guard granted. The engine calls exactly one of the two methods, exactly once. */
public interface Lease {

    /** Nothing to give back. */
    Lease NOTHING = new Lease() {
        @Override
        public void undo() {}

        @Override
        public void end(AttemptReport report) {}
    };

    /** Somebody else did not grant: as if it had never been. Called inside the waiting room's step; does not block. */
    void undo();

    /** The attempt is over. Does not block. */
    void end(AttemptReport report);
}
