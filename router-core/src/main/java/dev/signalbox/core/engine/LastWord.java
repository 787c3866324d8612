package dev.signalbox.core.engine;

import dev.signalbox.api.Exhausted;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.Unroutable;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a client is told when nobody answered. */
final class LastWord {

    /** Where nobody can say when: not so soon that clients hammer, not so late that people wait. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private LastWord() {}

    /**
     * The most telling of the reasons, with all of them in the message.
     *
     * @param reasons in the order they arose; at least one
     * @param decisive the one after which nobody else was to be tried; empty if there was nobody else
     * @param told whether the client may see names of targets
     */
    static RouteException of(List<Reason> reasons, Optional<Reason> decisive, RouteTrace trace, boolean told) {
        boolean permanent = reasons.stream().allMatch(reason -> reason.problem().permanent());
        Reason telling = decisive.orElseGet(() -> telling(reasons, permanent));
        Problem base = telling.problem();
        Problem problem = new Problem(
                base.status(),
                base.code(),
                message(reasons, telling, told),
                permanent ? Optional.empty() : Optional.of(retryAfter(reasons)),
                permanent,
                told || ofRequest(telling) ? base.details() : Map.of());
        return permanent ? new Unroutable(problem, trace) : new Exhausted(problem, trace);
    }

    /** What the upstream itself said last tells most; then what was tried last; then whatever may pass soonest. */
    private static Reason telling(List<Reason> reasons, boolean permanent) {
        List<Reason> fit = permanent
                ? reasons
                : reasons.stream()
                        .filter(reason -> !reason.problem().permanent())
                        .toList();
        return last(fit.stream().filter(Reason::upstream).toList())
                .or(() -> last(
                        fit.stream().filter(reason -> reason.by().isEmpty()).toList()))
                .or(() -> last(fit))
                .orElseThrow();
    }

    private static Optional<Reason> last(List<Reason> reasons) {
        return reasons.isEmpty() ? Optional.empty() : Optional.of(reasons.getLast());
    }

    private static Duration retryAfter(List<Reason> reasons) {
        return reasons.stream()
                .flatMap(reason -> reason.problem().retryAfter().stream())
                .min(Comparator.naturalOrder())
                .orElse(SOON);
    }

    /** Whether it says which member of the request is wrong, which is the same whoever is asked. */
    private static boolean ofRequest(Reason reason) {
        return reason.problem().details().containsKey(Problem.PARAM);
    }

    /** What is said of the request, by whomever, or by a guard, names no target; what else we say ourselves does. */
    private static String hidden(Reason telling) {
        if (!telling.problem().permanent()) {
            return "No server could answer.";
        }
        boolean others = telling.upstream() || telling.byGuard() || ofRequest(telling);
        return others ? telling.problem().message() : "No server can answer this.";
    }

    private static String message(List<Reason> reasons, Reason telling, boolean told) {
        if (!told) {
            return hidden(telling);
        }
        if (reasons.size() == 1) {
            return telling.problem().message();
        }
        return reasons.stream()
                .map(reason -> "%s: %s (%s)"
                        .formatted(
                                reason.target(), reason.what(), reason.problem().message()))
                .collect(Collectors.joining("; ", "No target could answer. ", ""));
    }
}
