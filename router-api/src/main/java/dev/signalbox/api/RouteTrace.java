package dev.signalbox.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The whole decision about one request: why this profile, what was skipped, by whom and why, what failed and how,
 * what answered. Never holds a body.
 *
 * @param id the trace's id, also the client's {@code x-request-id}
 * @param at when the request came
 * @param dialect the client's dialect
 * @param caller the caller's name
 * @param model what the client wrote in {@code model}; empty if it wrote nothing
 * @param chosenBy why this profile or target: {@code alias "gpt-4o"}, {@code rule 3}, {@code default} …
 * @param profile the profile the request ran under; empty for a target reached without one
 * @param rules the rules that were asked, in order; the last one may have held
 * @param chain how the targets of the profile stood when the request first looked for a place, in the order in which
 *     they were to be tried; those it could not go to come last
 * @param steps what happened to targets, in order
 * @param edits the changes made to the body for the target that answered, without values
 * @param dropped what the client asked for and lost
 * @param notes what guards had to say
 * @param outcome how it ended; empty while it has not, and for what was only explained
 * @param problem why it got no answer, as the client was told; empty if it got one or has not ended
 * @param took how long it has taken so far
 * @param exposed whether the client may see more of it than its id
 */
public record RouteTrace(
        String id,
        Instant at,
        Dialect dialect,
        String caller,
        String model,
        String chosenBy,
        String profile,
        List<Ruled> rules,
        List<Standing> chain,
        List<Step> steps,
        List<String> edits,
        List<String> dropped,
        List<String> notes,
        Optional<Outcome> outcome,
        Optional<RouteException.Problem> problem,
        Duration took,
        boolean exposed) {

    public RouteTrace {
        rules = List.copyOf(rules);
        chain = List.copyOf(chain);
        steps = List.copyOf(steps);
        edits = List.copyOf(edits);
        dropped = List.copyOf(dropped);
        notes = List.copyOf(notes);
    }

    /** How a request ended. */
    public enum Outcome {
        ANSWERED,
        REFUSED,
        FAILED,
        BROKEN_OFF,
        CLIENT_LEFT;

        /** The name in headers, logs and pages, such as {@code client-left}. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What became of one rule.
     *
     * @param name its name, {@code rule 3} where it has none
     * @param held whether it held, and so decided
     * @param why what was measured: {@code code-fence-ratio: ">= 0.3" (seen: 0.27)}
     */
    public record Ruled(String name, boolean held, String why) {}

    /**
     * How one target stood.
     *
     * @param target which
     * @param verdict one of {@code admitted demoted excluded}
     * @param by which guard or part of the engine said so; empty for the admitted
     * @param reason in words; empty for the admitted
     * @param full the gates in front of it that had no place left, each with how it was taken
     * @param edits the changes that would be made to the body for it, without values; told only by an explanation
     */
    public record Standing(
            Target target, String verdict, String by, String reason, List<String> full, List<String> edits) {

        public Standing {
            full = List.copyOf(full);
            edits = List.copyOf(edits);
        }
    }

    /**
     * What happened to one target.
     *
     * @param target which
     * @param what one of {@code skipped waited answered broken-off client-left closing} or a failure kind's id
     * @param by which guard or part of the engine said so; empty for the backend itself
     * @param reason in words, without secrets; empty where there is nothing to say
     * @param after how long after the request came
     */
    public record Step(Target target, String what, String by, String reason, Duration after) {

        /** {@code gpu/qwen3=unreachable}, as in the header {@code X-Signalbox-Steps}. */
        public String brief() {
            return target + "=" + what;
        }
    }

    /** The target that answered or broke off, if one did. */
    public Optional<Target> target() {
        for (Step step : steps.reversed()) {
            if (step.what().equals("answered") || step.what().equals("broken-off")) {
                return Optional.of(step.target());
            }
        }
        return Optional.empty();
    }
}
