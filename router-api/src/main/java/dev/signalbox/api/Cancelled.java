package dev.signalbox.api;

/** The caller wished the request to end before there was an answer. */
public final class Cancelled extends RouteException {

    private static final long serialVersionUID = 1L;

    /** Cancelled for that problem, with what was tried and what caused it. */
    public Cancelled(Problem problem, RouteTrace trace, Throwable cause) {
        super(problem, trace, cause);
    }

    /** Cancelled for that problem, with what was tried. */
    public Cancelled(Problem problem, RouteTrace trace) {
        super(problem, trace, null);
    }
}
