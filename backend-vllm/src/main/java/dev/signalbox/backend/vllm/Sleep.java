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

/**
 * Puts a vLLM to sleep, which gives its memory back, and wakes it up; all its names are one model. A request kills an
 * engine that sleeps, and so does falling asleep over one, at least in older versions: so both wait. Any thread may use it.
 */
final class Sleep implements ModelLifecycle {

    /** vLLM says that it is done before it is. */
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final Set<Integer> MISSING = Set.of(401, 403, 404, 405, 501);

    private final Upstream upstream;
    private final LoadSignal load;
    private volatile boolean asleep; // as it was seen last
    private volatile boolean turning; // it was told to fall asleep or to wake up, and has not done so yet

    Sleep(Upstream upstream, LoadSignal load) {
        this.upstream = upstream;
        this.load = load;
    }

    /** Whether it sleeps; empty if it was not started so that it can. */
    Optional<Boolean> look(Deadline deadline) throws BackendException, InterruptedException {
        Optional<Boolean> seen = ask(deadline)
                .map(answer -> answer.path("is_sleeping"))
                .filter(JsonNode::isBoolean)
                .map(JsonNode::asBoolean);
        asleep = seen.orElse(false);
        return seen;
    }

    /** Whether it must not be asked now. It is looked at again before that is said, as anybody may have woken it up. */
    boolean keepsFromAnswering(Deadline deadline) throws BackendException, InterruptedException {
        return turning || (asleep && look(deadline.within(MOMENT)).orElse(false));
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

    /** From its beginning to its end nothing is sent. */
    private void turn(String path, boolean toSleep, Deadline deadline) throws BackendException, InterruptedException {
        turning = true;
        try {
            if (toSleep) {
                awaitIdle(deadline);
            }
            upstream.post(upstream.baseUrl().root(path), "", deadline);
            while (look(deadline).orElse(false) != toSleep) {
                pause(deadline, toSleep ? "it does not fall asleep" : "it does not wake up");
            }
        } finally {
            turning = false;
        }
    }

    private Optional<JsonNode> ask(Deadline deadline) throws BackendException, InterruptedException {
        try {
            return Optional.of(upstream.get(upstream.baseUrl().root("/is_sleeping"), deadline));
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
        for (LoadSignal.Load now = load.load(deadline); now.running() + now.waiting() > 0; now = load.load(deadline)) {
            pause(deadline, "it still has %d requests to answer".formatted(now.running() + now.waiting()));
        }
    }

    /** No look is begun that could not end in time. */
    private static void pause(Deadline deadline, String reason) throws BackendException, InterruptedException {
        if (deadline.remainingNanos() <= LOOK_AGAIN) {
            throw new BackendException(FailureKind.TIMED_OUT, reason);
        }
        TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN);
    }
}
