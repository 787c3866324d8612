package dev.signalbox.core.engine;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.core.config.Retry;
import dev.signalbox.spi.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A target that is waited for because of its failure: until it is loaded, or has rested and is tried again.
 *
 * @param contender the target
 * @param cause how it failed
 * @param until how long it is waited for
 */
record Awaited(Contender contender, Failure cause, Deadline until) {

    /** The one that just failed, if such a failure is one to wait after; then it keeps its door shut until then. */
    static Optional<Awaited> after(Contender contender, Failure failure) {
        Journey journey = contender.journey();
        if (failure.kind() == FailureKind.LOADING) {
            Deadline loaded = contender.loads(journey.deadline());
            journey.engine().prober().lookSoon(contender.member());
            return Optional.of(new Awaited(contender, failure, loaded));
        }
        Retry retry = journey.profile().retry();
        if (!retry.again(failure.kind(), contender.again())) {
            return Optional.empty();
        }
        Duration pause = pause(retry, contender, failure);
        if (pause.compareTo(journey.deadline().remaining()) >= 0) {
            return Optional.empty();
        }
        contender.rest(journey.engine().time().now().plus(pause));
        return Optional.of(new Awaited(contender, failure, journey.deadline()));
    }

    /** As the profile says, or longer if the server asked for more. */
    private static Duration pause(Retry retry, Contender contender, Failure failure) {
        Duration own =
                retry.pause(contender.again(), ThreadLocalRandom.current().nextDouble());
        return failure.retryAfter().filter(asked -> asked.compareTo(own) > 0).orElse(own);
    }

    /** Whether it said that it is loading. */
    boolean loads() {
        return cause.kind() == FailureKind.LOADING;
    }
}
