package dev.signalbox.spi;

/**
 * Judges requests and targets, and learns from outcomes. One instance serves the whole router; any thread may call any
 * method at any time; one that a guard does not override may not be called at all. A guard contacts no server: the engine
 * probes, the backend measures.
 */
public interface Guard extends AutoCloseable {

    /** Whether the request may go on, perhaps changed. Pure; called once for each request, before targets are resolved. */
    default Ruling screen(Screening screening) {
        return Ruling.pass();
    }

    /**
     * Whether a target is fit for the request. Pure: no side effects, no I/O; may read the guard's own state. Asked
     * for every target, and again whenever the waiting room asks.
     */
    default Verdict assess(Candidate candidate) {
        return Verdict.admit();
    }

    /**
     * Lets an attempt in or not. Called inside the waiting room's one step, so it neither waits nor does I/O; what it wants
     * to know of a prompt {@link #assess} has asked for, and it is read by then. A lease it grants is undone if somebody else
     * does not grant.
     */
    default Admission admit(Attempt attempt) {
        return Admission.granted();
    }

    /** Learns how an attempt went. Called at the commit and at the end of every attempt that was let in; does not block. */
    default void observe(AttemptReport report) {}

    /** Learns what a probe saw. Does not block. */
    default void probed(ProbeReport report) {}

    /** Whether it wants the tokens of every answer, so that the engine asks for them on a client's behalf. */
    default boolean needsUsage() {
        return false;
    }

    @Override
    default void close() {}
}
