package dev.signalbox.core.engine;

import dev.signalbox.api.BackendState;
import dev.signalbox.spi.ProbeReport;
import dev.signalbox.spi.RouterEvent;

/** What probes find, taken to everybody whom it concerns: listeners, guards, places that linger, those who wait. */
record Findings(Engine engine) {

    void learn(Member member, ProbeReport report) {
        BackendState now = report.status().state();
        if (now != report.before()) {
            changed(member, report, now);
        }
        engine.plans()
                .now()
                .guards()
                .forEach(active -> Quietly.run(
                        active, "learn from a probe", () -> active.guard().probed(report)));
        if (report.status().load().filter(load -> load.running() == 0).isPresent()) {
            engine.lingering()
                    .idle(member, engine.time().nanos() - report.took().toNanos());
        }
        engine.room().askAgain();
    }

    private void changed(Member member, ProbeReport report, BackendState now) {
        String cause = report.failure()
                .map(failure -> failure.message())
                .orElse(report.status().detail());
        engine.log()
                .debug(
                        "{} is {} now, was {}: {}",
                        member.name(),
                        now.id(),
                        report.before().id(),
                        cause);
        engine.tell(new RouterEvent.BackendChanged(engine.time().now(), member.name(), report.before(), now, cause));
    }
}
