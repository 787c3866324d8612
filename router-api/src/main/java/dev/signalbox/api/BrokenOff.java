package dev.signalbox.api;

/** The answer broke off after it had begun. What was read of it is all there is. */
public final class BrokenOff extends RouteException {

    private static final long serialVersionUID = 1L;

    /** BrokenOff for that problem, with what was tried and what caused it. */
    public BrokenOff(Problem problem, RouteTrace trace, Throwable cause) {
        super(problem, trace, cause);
    }

    /** BrokenOff for that problem, with what was tried. */
    public BrokenOff(Problem problem, RouteTrace trace) {
        super(problem, trace, null);
    }
}
