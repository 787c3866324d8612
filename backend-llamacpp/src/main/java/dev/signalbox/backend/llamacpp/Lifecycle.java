package dev.signalbox.backend.llamacpp;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.backend.llamacpp.Listed.State;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.ModelLifecycle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Has a router load and unload models, each of which it confirms before it has done it. A server with one model has that
 * or is loading it, and keeps it. Any thread may use it.
 */
final class Lifecycle implements ModelLifecycle {

    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(250);

    /** Asking who is busy keeps a server from noticing who has left. */
    private static final long ASK_AGAIN = TimeUnit.SECONDS.toNanos(1);

    private final Endpoints endpoints;
    private final Occupancy occupancy;
    private final Flights loads = new Flights();

    Lifecycle(Endpoints endpoints, Occupancy occupancy) {
        this.endpoints = endpoints;
        this.occupancy = occupancy;
    }

    @Override
    public List<Resident> residents(Deadline deadline) throws BackendException, InterruptedException {
        boolean asleep = endpoints.facts(Endpoints.ITSELF, deadline).isAsleep();
        return endpoints.models(deadline).stream()
                .filter(model -> model.isResident() && !asleep)
                .map(model -> new Resident(model.name(), OptionalLong.empty(), model.context()))
                .toList();
    }

    @Override
    public void load(String model, Deadline deadline) throws BackendException, InterruptedException {
        loads.join(model, deadline, limit -> bring(model, limit));
    }

    private void bring(String model, Deadline deadline) throws BackendException, InterruptedException {
        boolean asleep = awaitServer(deadline).isAsleep();
        Listed listed = endpoints
                .model(model, deadline)
                .orElseThrow(() -> new BackendException(
                        FailureKind.MODEL_UNAVAILABLE, "the server does not list \"%s\"".formatted(model)));
        if (asleep || listed.state() == State.SLEEPING) {
            endpoints.wake(model, deadline);
        } else if (listed.state() != State.LOADED) {
            if (listed.state() == State.UNLOADED) {
                begin(model, deadline);
            }
            awaitLoaded(model, deadline);
        }
    }

    /** A server with one model is loading it for as long as it says that it is. */
    private Facts awaitServer(Deadline deadline) throws BackendException, InterruptedException {
        while (true) {
            try {
                return endpoints.facts(Endpoints.ITSELF, deadline);
            } catch (BackendException failed) {
                if (failed.kind() != FailureKind.LOADING) {
                    throw failed;
                }
            }
            pause(LOOK_AGAIN, deadline, "the server is still loading its model");
        }
    }

    /** A router that has as many models as it may, all of them busy, says so and is asked again. */
    private void begin(String model, Deadline deadline) throws BackendException, InterruptedException {
        while (true) {
            try {
                endpoints.load(model, deadline);
                return;
            } catch (BackendException failed) {
                if (says(failed, "already running")) {
                    return;
                }
                if (failed.kind() != FailureKind.OVERLOADED) {
                    throw failed;
                }
            }
            pause(ASK_AGAIN, deadline, "the router has no room for \"%s\": all its models are busy".formatted(model));
        }
    }

    /** From the moment it was confirmed it is loading, so what is not any more has failed. */
    private void awaitLoaded(String model, Deadline deadline) throws BackendException, InterruptedException {
        while (true) {
            Optional<Listed> seen = endpoints.model(model, deadline);
            switch (seen.map(Listed::state).orElse(State.UNLOADED)) {
                case LOADED, SLEEPING -> {
                    return;
                }
                case UNLOADED ->
                    throw new BackendException(
                            FailureKind.MODEL_UNAVAILABLE,
                            failure(model, seen.map(Listed::exitCode).orElse(0)));
                case LOADING, COMING -> {} // not yet
            }
            pause(LOOK_AGAIN, deadline, "\"%s\" is still loading".formatted(model));
        }
    }

    private static String failure(String model, int exitCode) {
        return exitCode == 0
                ? "\"%s\" was unloaded again before it had loaded".formatted(model)
                : "\"%s\" failed to load (exit code %d); the log of llama-server says why".formatted(model, exitCode);
    }

    @Override
    public void unload(String model, Deadline deadline) throws BackendException, InterruptedException {
        Facts facts = endpoints.facts(Endpoints.ITSELF, deadline);
        State state = endpoints.model(model, deadline).map(Listed::state).orElse(State.UNLOADED);
        if (facts.isAsleep() || state == State.UNLOADED) {
            return;
        }
        if (!facts.isRouter()) {
            throw new BackendException(
                    FailureKind.UNSUPPORTED, "a llama-server with one model keeps it until the server is ended");
        }
        if (state == State.LOADED) {
            awaitIdle(model, deadline);
        }
        end(model, deadline);
        awaitGone(model, deadline);
    }

    /** A router gives requests ten seconds to end, and then kills them with their model. */
    private void awaitIdle(String model, Deadline deadline) throws BackendException, InterruptedException {
        while (isBusy(model, deadline)) {
            pause(ASK_AGAIN, deadline, "\"%s\" is still answering".formatted(model));
        }
    }

    private boolean isBusy(String model, Deadline deadline) throws BackendException, InterruptedException {
        try {
            return occupancy.of(Endpoints.about(model), deadline).running() > 0;
        } catch (BackendException untold) {
            if (untold.kind() == FailureKind.UNSUPPORTED || untold.kind() == FailureKind.MODEL_UNAVAILABLE) {
                return false; // nobody can tell, or it has gone
            }
            throw untold;
        }
    }

    private void end(String model, Deadline deadline) throws BackendException, InterruptedException {
        try {
            endpoints.unload(model, deadline);
        } catch (BackendException failed) {
            if (!says(failed, "not running")) {
                throw failed;
            }
        }
    }

    private void awaitGone(String model, Deadline deadline) throws BackendException, InterruptedException {
        while (endpoints.model(model, deadline).map(Listed::state).orElse(State.UNLOADED) != State.UNLOADED) {
            pause(LOOK_AGAIN, deadline, "\"%s\" is still in memory".formatted(model));
        }
    }

    private static boolean says(BackendException failed, String words) {
        return failed.failure().message().toLowerCase(Locale.ROOT).contains(words);
    }

    private static void pause(long nanos, Deadline deadline, String why) throws BackendException, InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Math.min(nanos, deadline.remainingNanos()));
        if (deadline.expired()) {
            throw new BackendException(FailureKind.TIMED_OUT, why);
        }
    }
}
