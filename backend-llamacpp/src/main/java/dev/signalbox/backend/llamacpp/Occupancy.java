package dev.signalbox.backend.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.LoadSignal;
import dev.signalbox.spi.PluginContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How busy a llama-server is, by its metrics if it tells them, else by its slots, which do not tell who waits. Any thread
 * may ask; within a second they all get the same answer.
 *
 * <p>Each of these questions makes a llama-server put off looking whether a client has left: asked all the time, it would
 * never notice.
 */
final class Occupancy implements LoadSignal {

    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);

    /** How long it is remembered that there are no metrics; the server may have been started anew by then. */
    private static final long UNMEASURED = TimeUnit.MINUTES.toNanos(1);

    private static final int MOST = 1_000_000;
    private static final Load IDLE = new Load(0, 0, OptionalDouble.empty());
    private static final Pattern RUNNING = gauge("requests_processing");
    private static final Pattern WAITING = gauge("requests_deferred");

    /** All of a server, whatever it has. */
    private static final String WHOLE = "*";

    /** What came of a question, and when. */
    private sealed interface Answer {
        long at();

        record Told(long at, Load load) implements Answer {}

        record Failed(long at, BackendException failure) implements Answer {}
    }

    @FunctionalInterface
    private interface Question {
        Load ask() throws BackendException, InterruptedException;
    }

    private final Endpoints endpoints;
    private final PluginContext context;
    private final ReentrantLock lock = new ReentrantLock(); // held while it is asked: others want the same answer
    private final Map<String, Answer> answers = new HashMap<>(); // guarded by lock
    private final Map<String, Long> unmeasured = new HashMap<>(); // guarded by lock

    Occupancy(Endpoints endpoints, PluginContext context) {
        this.endpoints = endpoints;
        this.context = context;
    }

    @Override
    public Load load(Deadline deadline) throws BackendException, InterruptedException {
        return latest(
                WHOLE,
                deadline,
                () -> of(endpoints.facts(Endpoints.ITSELF, deadline), endpoints.models(deadline), deadline));
    }

    /** How busy it is, for who knows already what it is and has. */
    Load of(Facts facts, List<Listed> models, Deadline deadline) throws BackendException, InterruptedException {
        if (!facts.isRouter()) {
            return facts.isAsleep() ? IDLE : of(Endpoints.ITSELF, deadline);
        }
        Load sum = IDLE;
        for (Listed model : models) {
            if (model.state() == Listed.State.LOADED) {
                sum = sum(sum, of(Endpoints.about(model.name()), deadline));
            }
        }
        return sum;
    }

    /** How busy a server's one model is, or one of a router's. Not to be asked of one that sleeps: it would wake. */
    Load of(String whom, Deadline deadline) throws BackendException, InterruptedException {
        return latest(whom, deadline, () -> read(whom, deadline));
    }

    private Load latest(String key, Deadline deadline, Question question)
            throws BackendException, InterruptedException {
        if (!lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
            throw new BackendException(FailureKind.TIMED_OUT, "others wait for the same answer");
        }
        try {
            answers.values().removeIf(answer -> context.nanoTime() - answer.at() >= EVERY);
            Answer answer = answers.get(key);
            if (answer == null) {
                answer = answer(question);
                answers.put(key, answer);
            }
            return switch (answer) {
                case Answer.Told told -> told.load();
                case Answer.Failed failed -> throw failed.failure();
            };
        } finally {
            lock.unlock();
        }
    }

    private Answer answer(Question question) throws InterruptedException {
        long now = context.nanoTime();
        try {
            return new Answer.Told(now, question.ask());
        } catch (BackendException failed) {
            return new Answer.Failed(now, failed);
        }
    }

    private Load read(String whom, Deadline deadline) throws BackendException, InterruptedException {
        unmeasured.values().removeIf(at -> context.nanoTime() - at >= UNMEASURED);
        if (!unmeasured.containsKey(whom)) {
            try {
                return measured(endpoints.metrics(whom, deadline));
            } catch (BackendException untold) {
                if (!tellsNothing(untold)) {
                    throw untold;
                }
                unmeasured.put(whom, context.nanoTime());
            }
        }
        return counted(endpoints.slots(whom, deadline));
    }

    private static boolean tellsNothing(BackendException failed) {
        return failed.kind() == FailureKind.UNSUPPORTED || failed.failure().status() == 404;
    }

    private static Load measured(String metrics) throws BackendException {
        return new Load(value(RUNNING, metrics), value(WAITING, metrics), OptionalDouble.empty());
    }

    private static Load counted(JsonNode slots) throws BackendException {
        if (!slots.isArray()) {
            throw new BackendException(FailureKind.BROKEN_REPLY, "/slots gave no list");
        }
        int busy = 0;
        for (JsonNode slot : slots) {
            busy += slot.path("is_processing").asBoolean(false) ? 1 : 0;
        }
        return new Load(busy, 0, OptionalDouble.empty());
    }

    private static Load sum(Load one, Load other) {
        return new Load(
                Math.min(MOST, one.running() + other.running()),
                Math.min(MOST, one.waiting() + other.waiting()),
                OptionalDouble.empty());
    }

    private static int value(Pattern gauge, String metrics) throws BackendException {
        Matcher found = gauge.matcher(metrics);
        if (!found.find()) {
            throw new BackendException(
                    FailureKind.BROKEN_REPLY, "/metrics has no llamacpp:requests_processing or _deferred");
        }
        return (int) Math.min(MOST, Double.parseDouble(found.group(1)));
    }

    private static Pattern gauge(String name) {
        return Pattern.compile("(?m)^llamacpp:" + name + "(?:\\{[^}\\n]*})?\\s+(\\d{1,15}(?:\\.\\d{1,15})?)");
    }
}
