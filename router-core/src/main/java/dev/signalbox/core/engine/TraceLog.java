package dev.signalbox.core.engine;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RouteTrace.Outcome;
import dev.signalbox.api.RouteTrace.Ruled;
import dev.signalbox.api.RouteTrace.Standing;
import dev.signalbox.api.RouteTrace.Step;
import dev.signalbox.api.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Writes down what is decided about one request. Any thread may write. */
final class TraceLog {

    /** More steps than this say nothing new: a request that waits for an hour must not fill the memory. */
    private static final int MOST_STEPS = 200;

    /** Names in it come from clients and servers, and traces are kept. */
    private static final int LONGEST = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final String id;
    private final Dialect dialect;
    private final String caller;
    private final Instant at;
    private final long start;
    private final Time time;
    private final List<Step> steps = new ArrayList<>(4); // all below guarded by lock
    private final List<String> notes = new ArrayList<>(0);
    private final List<Ruled> rules = new ArrayList<>(0);
    private List<Standing> chain = List.of();
    private List<String> edits = List.of();
    private List<String> dropped = List.of();
    private String model = "";
    private String chosenBy = "";
    private String profile = "";
    private Optional<Outcome> outcome = Optional.empty();
    private Optional<Problem> problem = Optional.empty();
    private Optional<Duration> took = Optional.empty();
    private boolean exposed = true;

    TraceLog(String id, Dialect dialect, String caller, Time time) {
        this.id = id;
        this.dialect = dialect;
        this.caller = caller;
        this.time = time;
        this.at = time.now();
        this.start = time.nanos();
    }

    String id() {
        return id;
    }

    Instant at() {
        return at;
    }

    Duration sofar() {
        return Duration.ofNanos(time.nanos() - start);
    }

    /** Whether the client may see more of it than its id. */
    void exposed(boolean may) {
        locked(() -> exposed = may);
    }

    void asked(String name) {
        locked(() -> model = name);
    }

    void chose(String by, String name) {
        locked(() -> {
            chosenBy = by;
            profile = name;
        });
    }

    /** A rule was asked. */
    void ruled(Ruled rule) {
        locked(() -> rules.add(rule));
    }

    /** How the targets stood when the request first looked for a place. */
    void stood(List<Standing> order) {
        locked(() -> chain = order);
    }

    void failed(Problem told) {
        locked(() -> problem = Optional.of(told));
    }

    void step(Target target, String what, String by, String reason) {
        Step step = new Step(target, what, by, reason, sofar());
        locked(() -> {
            if (steps.size() < MOST_STEPS) {
                steps.add(step);
            }
        });
    }

    /** The target that has begun to answer did not get to the end. */
    void brokeOff(Target target, String reason) {
        locked(() -> {
            steps.removeIf(step -> step.target().equals(target) && step.what().equals("answered"));
            steps.add(new Step(target, "broken-off", "", reason, sofar()));
        });
    }

    /** Writes a note down; false if it stands there already. */
    boolean note(String by, String note) {
        String line = shortly(by + ": " + note);
        lock.lock();
        try {
            return notes.size() < MOST_STEPS && !notes.contains(line) && notes.add(line);
        } finally {
            lock.unlock();
        }
    }

    /** The changes made to a body, and the dialect that it was translated to, if it was. */
    void edited(List<Edit> made, Optional<Dialect> translated) {
        List<String> told = told(made, translated);
        Set<String> lost = new LinkedHashSet<>(0);
        some(made).forEach(edit -> edit.drops().ifPresent(what -> lost.add(shortly(what))));
        locked(() -> {
            edits = told;
            dropped = List.copyOf(lost);
        });
    }

    /** What is told of changes: never values. */
    static List<String> told(List<Edit> made, Optional<Dialect> translated) {
        List<String> told = new ArrayList<>(some(made).size() + 1);
        some(made).forEach(edit -> told.add(shortly(edit.toString())));
        translated.ifPresent(dialect -> told.add("translate to " + dialect));
        return List.copyOf(told);
    }

    private static List<Edit> some(List<Edit> made) {
        return made.size() <= MOST_STEPS ? made : made.subList(0, MOST_STEPS);
    }

    private static String shortly(String line) {
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
    }

    void ended(Outcome how) {
        locked(() -> {
            outcome = Optional.of(how);
            took = Optional.of(sofar());
        });
    }

    int steps() {
        lock.lock();
        try {
            return steps.size();
        } finally {
            lock.unlock();
        }
    }

    RouteTrace read() {
        lock.lock();
        try {
            return new RouteTrace(
                    id,
                    at,
                    dialect,
                    caller,
                    model,
                    chosenBy,
                    profile,
                    rules,
                    chain,
                    steps,
                    edits,
                    dropped,
                    notes,
                    outcome,
                    problem,
                    took.orElseGet(this::sofar),
                    exposed);
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
