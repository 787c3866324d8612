package dev.signalbox.core.engine;

import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.Target;
import dev.signalbox.core.room.Answer;
import dev.signalbox.core.room.Door;
import dev.signalbox.core.room.Entry;
import dev.signalbox.core.room.Gate;
import dev.signalbox.core.translate.Manner;
import dev.signalbox.spi.Admission;
import dev.signalbox.spi.Candidate;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One target of one request. Assessed and asked under the waiting room's lock, or by the request's thread while it is not
 * in the room; the rest belongs to the request's thread.
 */
final class Contender implements Door {

    private final Judged judged;
    private final Journey journey;
    private final Member member;
    private final ModelInfo model;
    private final Target target;
    private final PluginConfig poolSettings;
    private final List<Gate> gates;
    private List<Edit> edits = List.of(); // what guards want changed if the request goes here; room's lock
    private Optional<Doubt> doubt = Optional.empty(); // why it comes last, if it does; room's lock
    private boolean refused; // for good, in admit; room's lock
    private Optional<Instant> loadingSince = Optional.empty(); // when it last said so; room's lock
    private Optional<Instant> restsUntil = Optional.empty(); // before it is tried again; room's lock
    private int again; // how often it was tried again; the request's thread
    private volatile boolean asUser; // what the system says later is said by the user from now on
    private Optional<Deadline> loadedBy = Optional.empty(); // the request's thread
    private Grant grant = Grant.NOTHING; // of the attempt that is let in; written under the room's lock
    private Optional<Trial> trial = Optional.empty(); // the request's thread

    Contender(Journey journey, Judged judged, Member member, ModelInfo model, PluginConfig poolSettings) {
        this.journey = journey;
        this.judged = judged;
        this.member = member;
        this.model = model;
        this.target = new Target(member.name(), model.name());
        this.poolSettings = poolSettings;
        this.gates = journey.plan().gatesOf(member, target);
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

    /** The dialect that is spoken to its backend. */
    Dialect dialect() {
        Dialect own = journey.request().dialect();
        return member.spoken(own, model()).orElse(own);
    }

    /** With which context its server is to have the model loaded for the request; empty where nobody says so. */
    OptionalLong contextWanted() {
        return PluginDefect.guarded(
                member.words(), () -> member.backend().contextWanted(journey.request(), dialect(), target.model()));
    }

    /** How it wants a request to be said. */
    Manner manner() {
        boolean user = asUser || member.hearsSystemFirstOnly(model.name());
        Manner manner = member.settings().manner();
        return user ? manner.saying(Manner.MidSystem.USER) : manner;
    }

    /** From now on the user says what the system says in the middle of the conversation. */
    void sayAsUser() {
        asUser = true;
    }

    /** As of when it is looked at. */
    Instant moment() {
        return judged.moment();
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

    /**
     * It said that it is loading: from now on it lets nobody in before a probe has seen it otherwise. Returns by when
     * that has to be, which does not move if it says so again.
     */
    Deadline loads(Deadline total) {
        loadingSince = Optional.of(engine().time().now());
        Deadline by =
                loadedBy.orElseGet(() -> total.within(journey.profile().limits().firstContent()));
        loadedBy = Optional.of(by);
        return by;
    }

    /** How often it was tried again. */
    int again() {
        return again;
    }

    /** It is tried again, but not before that moment. */
    void rest(Instant until) {
        again++;
        restsUntil = Optional.of(until);
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

    /** What all guards together say: demoted, excluded (then whoever is to hear has been told why), or neither. */
    Standing assess() {
        if (refused) {
            return Standing.EXCLUDED;
        }
        Standing standing = Standing.ADMITTED;
        doubt = Optional.empty();
        List<Edit> wanted = List.of();
        List<ActiveGuard> guards = journey.plan().guards();
        for (int i = 0; i < guards.size(); i++) {
            ActiveGuard active = guards.get(i);
            if (!active.hearing().targets()) {
                continue;
            }
            switch (active.assess(sight(i))) {
                case Verdict.Admit admit -> {
                    for (String note : admit.notes()) {
                        journey.note(active.type(), note);
                    }
                    wanted = join(wanted, admit.edits());
                }
                case Verdict.Demote demote -> {
                    journey.note(active.type(), target + " comes last: " + demote.reason());
                    standing = demote.last() || standing == Standing.LAST ? Standing.LAST : Standing.DEMOTED;
                    doubt = Optional.of(new Doubt(active.type(), demote.reason()));
                }
                case Verdict.Exclude exclude -> {
                    judged.excluded(target, active.type(), exclude.refusal());
                    return Standing.EXCLUDED;
                }
            }
        }
        judged.admitted(target);
        edits = wanted;
        return standing;
    }

    /** What the guard of that number sees. */
    private Sight sight(int guard) {
        return new Sight(this, journey.settings().get(guard));
    }

    /** How it stands after {@link #assess}. Room's lock. */
    RouteTrace.Standing standing() {
        List<String> full = full();
        List<String> changes = journey.explains() ? Outgoing.changes(this) : List.of();
        return doubt.map(reason ->
                        new RouteTrace.Standing(target, "demoted", reason.by(), reason.reason(), full, changes))
                .orElseGet(() -> new RouteTrace.Standing(target, "admitted", "", "", full, changes));
    }

    private List<String> full() {
        List<String> full = List.of();
        for (Gate gate : gates) { // nearly always none, and asked for each target of each request
            if (gate.taken() >= gate.places()) {
                full = join(full, List.of(gate.toString()));
            }
        }
        return full;
    }

    /** What guards have against it, each with who says so. Room's lock. */
    List<String> doubts() {
        Standing standing = assess();
        return switch (standing) {
            case ADMITTED -> List.of();
            case DEMOTED, LAST ->
                doubt.map(why -> why.by() + " demotes it: " + why.reason()).stream()
                        .toList();
            case EXCLUDED ->
                judged.against(target).stream()
                        .map(why -> why.by() + " excludes it: " + why.problem().message())
                        .toList();
        };
    }

    /** Why it comes last. */
    private record Doubt(String by, String reason) {}

    /** What comes of assessing, in the order in which they are tried. */
    enum Standing {
        ADMITTED,
        DEMOTED,
        /** Demoted, and expected to fail. */
        LAST,
        EXCLUDED
    }

    @Override
    public Answer ask() {
        if (judged.defective()) {
            return new Answer.Never();
        }
        if (loadingSince.isPresent() && !seenOtherwiseAfter(loadingSince.get())) {
            return new Answer.Later("loading", Optional.empty());
        }
        if (restsUntil.filter(until -> engine().time().now().isBefore(until)).isPresent()) {
            return new Answer.Later("resting before it is tried again", restsUntil);
        }
        List<ActiveGuard> guards = journey.plan().guards();
        List<Grant.Held> held = new ArrayList<>(guards.size());
        List<Grant.Work> work = new ArrayList<>(0);
        for (int i = 0; i < guards.size(); i++) {
            ActiveGuard active = guards.get(i);
            Optional<Answer> no = active.hearing().attempts() ? ask(active, sight(i), held, work) : Optional.empty();
            if (no.isPresent()) {
                Grant.undo(held);
                return no.get();
            }
        }
        return open(new Grant(held, work));
    }

    /** Asks one guard; empty if it grants. */
    private Optional<Answer> ask(ActiveGuard active, Sight sight, List<Grant.Held> held, List<Grant.Work> work) {
        Admission admission;
        try {
            admission = active.admit(sight);
        } catch (PluginDefect bug) {
            judged.failed(bug);
            return Optional.of(new Answer.Never());
        }
        return switch (admission) {
            case Admission.Granted granted -> {
                if (!Lease.NOTHING.equals(granted.lease())) { // else there is nobody to be told
                    held.add(new Grant.Held(active, sight.settings(), granted.lease()));
                }
                granted.preparation().ifPresent(preparation -> work.add(new Grant.Work(active, preparation)));
                yield Optional.empty();
            }
            case Admission.Later later ->
                Optional.of(new Answer.Later(active.type() + ": " + later.reason(), later.askAgainAt()));
            case Admission.Refused no -> {
                refused = true;
                judged.excluded(target, active.type(), no.refusal());
                yield Optional.of(new Answer.Never());
            }
        };
    }

    /** Whether a probe has ended since then and has not seen it loading or gone. */
    private boolean seenOtherwiseAfter(Instant moment) {
        BackendState state = status().state();
        return state != BackendState.LOADING
                && state != BackendState.DOWN
                && member.known().probed().filter(moment::isBefore).isPresent();
    }

    private Answer open(Grant fresh) {
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

    private static <T> List<T> join(List<T> first, List<T> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() ? second : first;
        }
        List<T> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
