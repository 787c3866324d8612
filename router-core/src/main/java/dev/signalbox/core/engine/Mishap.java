package dev.signalbox.core.engine;

import dev.signalbox.api.Exhausted;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.Target;
import dev.signalbox.api.Unroutable;
import dev.signalbox.core.dialect.ReadingRefused;
import dev.signalbox.spi.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told when its request ends by something that no target did and no guard wanted. */
final class Mishap {

    private static final Logger LOG = LoggerFactory.getLogger("dev.signalbox.route");

    private static final Duration UNTIL_READ = Duration.ofSeconds(10);

    private Mishap() {}

    /** A plugin's own bug ends the request: told by name, never papered over. */
    static RouteException defective(RuntimeException bug, Journey journey) {
        LOG.error("A plugin's own bug, reported as such.", bug);
        Failure failure = bug instanceof PluginDefect known
                ? known.failure()
                : Failure.of(FailureKind.DEFECT, String.valueOf(bug.getMessage()));
        Reason reason = Reason.of(new Target("signalbox", "plugin"), failure);
        return LastWord.of(List.of(reason), Optional.of(reason), journey.trace().read(), journey.told());
    }

    /**
     * There is no memory for what somebody asked of its texts.
     *
     * @throws InterruptedException if there was none because this thread was interrupted while it waited
     */
    static RouteException unread(ReadingRefused refused, Journey journey) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while it waited for memory");
        }
        journey.throwIfOver();
        String why = String.valueOf(refused.getMessage());
        return refused.permanent()
                ? new Unroutable(
                        Problem.permanent(413, "too_much_to_read", why),
                        journey.trace().read())
                : new Exhausted(
                        Problem.passing(503, "too_much_to_read", why).retryAfter(Optional.of(UNTIL_READ)),
                        journey.trace().read());
    }
}
