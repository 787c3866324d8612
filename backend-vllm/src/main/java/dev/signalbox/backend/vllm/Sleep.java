package dev.signalbox.backend.vllm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.backend.http.Upstream;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.LoadSignal;
import dev.signalbox.spi.ModelLifecycle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts a vLLM to sleep, which gives its memory back, and wakes it up; all its names are one model. A request kills an
 * engine that sleeps, and so does falling asleep over one, at least in older versions: so both wait. Any thread may use it.
 */
final class Sleep implements ModelLifecycle {

    /** vLLM says that it is done before it is. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /** How often somebody may ask how busy it is. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final Set<Integer> MISSING = Set.of(401, 403, 404, 405, 501);

    private final Upstream upstream;
    private final LoadSignal load;
    private final AtomicInteger turns = new AtomicInteger(); // what was asked in another turn is no news in this one
    private volatile boolean maySleep; // as it was seen last, or nobody has looked since it was told something
    private volatile boolean turning; // it was told to fall asleep or to wake up, and has not done so yet

    Sleep(Upstream upstream, LoadSignal load) {
        this.upstream = upstream;
        this.load = load;
    }

    /** Whether it sleeps; empty if it was not started so that it can. */
    Optional<Boolean> look(Deadline deadline) throws BackendException, InterruptedException {
        int turn = turns.get();
        Optional<Boolean> seen = ask(deadline);
        if (turn == turns.get()) {
            maySleep = seen.orElse(false);
        }
        return seen;
    }

    /** Whether it must not be asked now. It is looked at again before that is said, as anybody may have woken it up. */
    boolean keepsFromAnswering(Deadline deadline) throws BackendException, InterruptedException {
        return turning || (maySleep && look(deadline.within(MOMENT)).orElse(false));
    }

    @Override
    public List<Resident> residents(Deadline deadline) throws BackendException, InterruptedException {
        List<Resident> all = models(deadline).stream()
                .map(model -> new Resident(model.name(), OptionalLong.empty(), model.contextTokens()))
                .toList();
        return look(deadline).orElse(false) ? List.of() : all;
    }

    @Override
    public void load(String model, Deadline deadline) throws BackendException, InterruptedException {
        requireListed(model, deadline);
        if (look(deadline).orElse(false)) {
            turn("/wake_up", false, deadline);
        }
    }

    @Override
    public void unload(String model, Deadline deadline) throws BackendException, InterruptedException {
        Optional<Boolean> sleeps = look(deadline);
        if (sleeps.isEmpty()) {
            throw new BackendException(
                    FailureKind.UNSUPPORTED,
                    "it cannot be put to sleep: it was started without VLLM_SERVER_DEV_MODE=1 and --enable-sleep-mode");
        }
        if (sleeps.get()) {
            return;
        }
        turn("/sleep?level=1&mode=wait", true, deadline);
    }

    /** From its beginning to its end nothing is sent, and after it nothing before somebody has looked. */
    private void turn(String path, boolean toSleep, Deadline deadline) throws BackendException, InterruptedException {
        turning = true;
        turns.incrementAndGet();
        try {
            if (toSleep) {
                awaitIdle(deadline);
            }
            upstream.post(upstream.baseUrl().root(path), "", deadline);
            while (ask(deadline).orElse(false) != toSleep) {
                pause(LOOK_AGAIN, deadline, toSleep ? "it does not fall asleep" : "it does not wake up");
            }
        } finally {
            turns.incrementAndGet();
            maySleep = true;
            turning = false;
        }
    }

    private Optional<Boolean> ask(Deadline deadline) throws BackendException, InterruptedException {
        try {
            JsonNode sleeping = upstream.get(upstream.baseUrl().root("/is_sleeping"), deadline)
                    .path("is_sleeping");
            return sleeping.isBoolean() ? Optional.of(sleeping.asBoolean()) : Optional.empty();
        } catch (BackendException failed) {
            boolean missing = failed.kind() == FailureKind.BROKEN_REPLY
                    || MISSING.contains(failed.failure().status());
            if (missing) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private void requireListed(String model, Deadline deadline) throws BackendException, InterruptedException {
        if (models(deadline).stream().noneMatch(listed -> listed.name().equals(model))) {
            throw new BackendException(
                    FailureKind.MODEL_UNAVAILABLE, "\"%s\" is not the model it was started with".formatted(model));
        }
    }

    private List<ModelInfo> models(Deadline deadline) throws BackendException, InterruptedException {
        return Listing.read(upstream.get(upstream.baseUrl().api("/models"), deadline));
    }

    private void awaitIdle(Deadline deadline) throws BackendException, InterruptedException {
        for (long left = unanswered(deadline); left > 0; left = unanswered(deadline)) {
            pause(ASK_AGAIN, deadline, "it still has %d requests to answer".formatted(left));
        }
    }

    private long unanswered(Deadline deadline) throws BackendException, InterruptedException {
        LoadSignal.Load now = load.load(deadline);
        return (long) now.running() + now.waiting();
    }

    /** No look is begun that could not end in time. */
    private static void pause(Duration time, Deadline deadline, String reason)
            throws BackendException, InterruptedException {
        if (deadline.remaining().compareTo(time) <= 0) {
            throw new BackendException(FailureKind.TIMED_OUT, reason);
        }
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
