package dev.signalbox.core.engine;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Edit;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.core.room.Answer;
import dev.signalbox.core.room.Door;
import dev.signalbox.core.room.Entry;
import dev.signalbox.core.room.Gate;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One target of one request. Assessed and asked under the waiting room's lock; the rest belongs to the request's
 * thread.
 */
final class Contender implements Door {

    private final Journey journey;
    private final Member member;
    private final ModelInfo model;
    private final Target target;
    private final PluginConfig poolSettings;
    private final List<Gate> gates;
    private List<Edit> edits = List.of(); // what guards want changed if the request goes here; room's lock
    private Optional<String> refused = Optional.empty(); // the guard that refused for good in admit; room's lock
    private Optional<Instant> loadingSince = Optional.empty(); // when it said so; room's lock
    private Grant grant = Grant.NOTHING; // of the attempt that is let in; written under the room's lock

    private Optional<Trial> trial = Optional.empty(); // the request's thread

    Contender(Journey journey, Member member, ModelInfo model, PluginConfig poolSettings) {
        this.journey = journey;
        this.member = member;
        this.model = model;
        this.target = new Target(member.name(), model.name());
        this.poolSettings = poolSettings;
        this.gates = journey.plan().gatesOf(target);
    }

    Journey journey() {
        return journey;
    }

    Engine engine() {
        return journey.engine();
    }

    Member member() {
        return member;
    }

    /** What is known of the model now, which a probe may have changed. */
    ModelInfo model() {
        return member.find(model.name()).orElse(model);
    }

    Candidate.Status status() {
        return member.status(model());
    }

    PluginConfig poolSettings() {
        return poolSettings;
    }

    List<Edit> edits() {
        return edits;
    }

    Grant grant() {
        return grant;
    }

    /** It was let in: from now on the trial holds what was granted. */
    void begin(Entry entry) {
        trial = Optional.of(new Trial(journey, this, entry));
    }

    Trial trial() {
        return trial.orElseThrow();
    }

    /** It said that it is loading: from now on it lets nobody in before a probe has seen it ready. */
    void waitsForLoading(Instant since) {
        loadingSince = Optional.of(since);
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public List<Gate> gates() {
        return gates;
    }

    /** The machine whose memory it needs; none while its server only loads, which keeps nobody else out. */
    @Override
    public Optional<String> host() {
        return loadingSince.isPresent() ? Optional.empty() : Optional.of(member.host());
    }

    /** What all guards together say: demoted, excluded (then the journey has been told why), or neither. */
    Standing assess() {
        if (refused.isPresent()) {
            return Standing.EXCLUDED;
        }
        Standing standing = Standing.ADMITTED;
        List<Edit> wanted = List.of();
        for (ActiveGuard active : journey.plan().guards()) {
            Verdict verdict = active.guard().assess(new Sight(this, active.settingsIn(journey.profile())));
            switch (verdict) {
                case Verdict.Admit admit -> {
                    admit.notes().forEach(note -> journey.note(active.type(), note));
                    wanted = join(wanted, admit.edits());
                }
                case Verdict.Demote demote -> {
                    journey.note(active.type(), target + " comes last: " + demote.reason());
                    standing = Standing.DEMOTED;
                }
                case Verdict.Exclude exclude -> {
                    journey.excluded(target, active.type(), exclude.refusal());
                    return Standing.EXCLUDED;
                }
            }
        }
        edits = wanted;
        return standing;
    }

    /** What comes of assessing. */
    enum Standing {
        ADMITTED,
        DEMOTED,
        EXCLUDED
    }

    @Override
    public Answer ask() {
        if (loadingSince.isPresent() && !seenReadyAfter(loadingSince.get())) {
            return new Answer.Later("loading", Optional.empty());
        }
        List<Grant.Held> held = new ArrayList<>(journey.plan().guards().size());
        List<dev.signalbox.spi.Preparation> preparations = new ArrayList<>(0);
        for (ActiveGuard active : journey.plan().guards()) {
            Admission admission;
            try {
                admission = active.guard().admit(new Sight(this, active.settingsIn(journey.profile())));
            } catch (RuntimeException defect) {
                Grant.undo(held);
                journey.defect("the guard " + active.type(), defect);
                return new Answer.Never();
            }
            switch (admission) {
                case Admission.Granted granted -> {
                    held.add(new Grant.Held(active, granted.lease()));
                    granted.preparation().ifPresent(preparations::add);
                }
                case Admission.Later later -> {
                    Grant.undo(held);
                    return new Answer.Later(active.type() + ": " + later.reason(), later.askAgainAt());
                }
                case Admission.Refused no -> {
                    Grant.undo(held);
                    refuse(active, no.refusal());
                    return new Answer.Never();
                }
            }
        }
        return open(new Grant(held, preparations));
    }

    private boolean seenReadyAfter(Instant moment) {
        return status().state() == BackendState.READY
                && member.known().probed().filter(moment::isBefore).isPresent();
    }

    private Answer open(Grant fresh) {
        loadingSince = Optional.empty();
        grant = fresh;
        engine().traffic().enter(target);
        Optional<String> host = fresh.preparations().isEmpty() ? Optional.empty() : Optional.of(member.host());
        return new Answer.Open(this::undo, host);
    }

    private void undo() {
        engine().traffic().leave(target);
        Grant.undo(grant.held());
        grant = Grant.NOTHING;
    }

    private void refuse(ActiveGuard active, Refusal refusal) {
        refused = Optional.of(active.type());
        journey.excluded(target, active.type(), refusal);
    }

    private static List<Edit> join(List<Edit> first, List<Edit> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() ? second : first;
        }
        List<Edit> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
