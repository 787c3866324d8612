package dev.signalbox.api;

/** Nobody can answer this request as it is: change the request or the configuration. */
public final class Unroutable extends RouteException {

    private static final long serialVersionUID = 1L;

    /** Unroutable for that problem, with what was tried and what caused it. */
    public Unroutable(Problem problem, RouteTrace trace, Throwable cause) {
        super(problem, trace, cause);
    }

    /** Unroutable for that problem, with what was tried. */
    public Unroutable(Problem problem, RouteTrace trace) {
        super(problem, trace, null);
    }
}
