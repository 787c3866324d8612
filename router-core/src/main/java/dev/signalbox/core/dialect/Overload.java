package dev.signalbox.core.dialect;

import dev.signalbox.api.RouteException.Problem;
import java.util.Set;

/** Tells having too much to do from being down. */
final class Overload {

    private static final Set<String> CODES = Set.of("full", "upstream_overloaded", "budget_spent");

    private Overload() {}

    static boolean in(Problem problem) {
        return problem.status() == 503 && CODES.contains(problem.code());
    }
}
