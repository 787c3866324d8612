package dev.signalbox.core.engine;

import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RouteTrace.Outcome;
import dev.signalbox.api.Usage;
import dev.signalbox.spi.RouterEvent;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is told of one request while it is under way: its trace keeps it, listeners hear it, and the log has a line at the
 * end if there was anything to tell. Any thread may tell.
 *
 * @param heard who listens; nobody, of a request that is only explained
 */
record Diary(Time time, TraceLog trace, Events heard) {

    private static final Logger LOG = LoggerFactory.getLogger("dev.signalbox.route");

    /** Something a guard or the engine has to say; once, however often it is said. */
    void note(String by, String note) {
        if (trace.note(by, note)) {
            tell(() -> new RouterEvent.Noted(time.now(), trace.id(), by, note));
        }
    }

    /** A target was left out. */
    void skipped(Reason reason) {
        String message = reason.problem().message();
        trace.step(reason.target(), "skipped", reason.by(), message);
        tell(() -> new RouterEvent.Skipped(time.now(), trace.id(), reason.target(), reason.by(), message));
    }

    void tell(Supplier<RouterEvent> event) {
        if (heard.heard()) {
            heard.tell(event.get());
        }
    }

    /** The request is over. */
    void finished(Outcome outcome, Optional<Usage> usage) {
        log(trace.read(), outcome);
        tell(() -> new RouterEvent.Finished(time.now(), trace.read(), usage));
    }

    /** One line if something was skipped, failed or noted; nothing for what just worked. */
    private static void log(RouteTrace done, Outcome outcome) {
        boolean plain =
                Steps.beyondWaiting(done) <= 1 && (outcome == Outcome.ANSWERED || outcome == Outcome.CLIENT_LEFT);
        boolean untried = done.steps().isEmpty();
        if (LOG.isInfoEnabled() && (!done.notes().isEmpty() || !(plain || untried))) {
            LOG.info(
                    "{} {}: {}{}",
                    done.id(),
                    outcome.id(),
                    Steps.brief(done),
                    done.notes().isEmpty() ? "" : " " + Steps.onOneLine(done.notes()));
        }
    }
}
