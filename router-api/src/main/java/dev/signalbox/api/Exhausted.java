package dev.signalbox.api;

/** Nobody can answer now: come back later. Every reason is in the trace. */
public final class Exhausted extends RouteException {

    private static final long serialVersionUID = 1L;

    /** Exhausted for that problem, with what was tried and what caused it. */
    public Exhausted(Problem problem, RouteTrace trace, Throwable cause) {
        super(problem, trace, cause);
    }

    /** Exhausted for that problem, with what was tried. */
    public Exhausted(Problem problem, RouteTrace trace) {
        super(problem, trace, null);
    }
}
