package dev.signalbox.api;

/** The request ended before there was an answer, as the caller wished, or because the router is closing. */
public final class Cancelled extends RouteException {

    /** The status of the problem where the caller wished it; no client is left to see it. */
    public static final int BY_CALLER = 499;

    private static final long serialVersionUID = 1L;

    /** Cancelled for that problem, with what was tried and what caused it. */
    public Cancelled(Problem problem, RouteTrace trace, Throwable cause) {
        super(problem, trace, cause);
    }

    /** Cancelled for that problem, with what was tried. */
    public Cancelled(Problem problem, RouteTrace trace) {
        super(problem, trace, null);
    }

    /** Whether the caller wished it; else the router is closing. */
    public boolean byCaller() {
        return problem().status() == BY_CALLER;
    }
}
