package dev.signalbox.core.engine;

import dev.signalbox.api.Edit;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.api.Unroutable;
import dev.signalbox.core.dialect.Reading;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Ruling;
import dev.signalbox.spi.Screening;
import java.util.ArrayList;
import java.util.List;

/** What guards make of a request itself, before anybody asks where it may go. For the request's thread. */
final class Screen {

    private final Journey journey;
    private final List<Edit> edits = new ArrayList<>(0);

    Screen(Journey journey) {
        this.journey = journey;
    }

    /** What guards want changed whatever the target. */
    List<Edit> edits() {
        return edits;
    }

    /**
     * Asks every guard, with what the journey's profile says to it; what was wanted in another profile is forgotten.
     *
     * @throws RouteException if a guard refuses
     */
    void ask() {
        edits.clear();
        try (Reading ignored = journey.request().reading()) {
            journey.plan().guards().forEach(this::ask);
        }
    }

    private void ask(ActiveGuard active) {
        String profile = journey.profile().name();
        var screening = new Screening(journey.request(), profile, active.settingsIn(journey.profile()));
        switch (active.screen(screening)) {
            case Ruling.Pass pass -> noted(active, pass.notes());
            case Ruling.Change change -> {
                edits.addAll(change.edits());
                noted(active, change.notes());
            }
            case Ruling.Refuse refuse -> throw refused(active, refuse.refusal());
        }
    }

    private void noted(ActiveGuard active, List<String> notes) {
        notes.forEach(note -> journey.note(active.type(), note));
    }

    private RouteException refused(ActiveGuard active, Refusal refusal) {
        noted(active, List.of(refusal.message()));
        Problem problem = new Problem(
                refusal.kind().status(),
                refusal.kind().code(),
                refusal.message(),
                refusal.retryAfter(),
                refusal.kind().permanent(),
                refusal.details());
        return problem.permanent()
                ? new Unroutable(problem, journey.trace().read())
                : new Exhausted(problem, journey.trace().read());
    }
}
