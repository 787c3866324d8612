package dev.signalbox.core.engine;

import dev.signalbox.api.Body;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.core.dialect.BadRequest;
import dev.signalbox.core.dialect.Directive;
import dev.signalbox.core.dialect.ParsedRequest;
import dev.signalbox.core.dialect.Reading;
import dev.signalbox.core.dialect.RequestEdits;
import dev.signalbox.core.translate.Manner;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is sent to a backend: the client's bytes with every edit made.
 *
 * @param call the call
 * @param usageAdded whether the tokens are asked for on our own behalf, so that the frame that tells them is not for
 *     the client
 */
record Outgoing(BackendCall call, boolean usageAdded) {

    /**
     * What one attempt sends; the backend's own edits come after those of guards.
     *
     * @param spoken the request as the backend reads it
     */
    static Outgoing of(Contender contender, Spoken spoken, List<Edit> ofBackend, Cancellation cancellation)
            throws BackendException {
        Journey journey = contender.journey();
        ParsedRequest request = spoken.request();
        ModelInfo model = contender.model();
        List<Edit> asking = usageEdits(journey, request);
        List<Edit> edits = last(contender, spoken, ofBackend, asking);
        journey.trace().edited(all(spoken, edits), translated(spoken));
        BackendCall call = new BackendCall(
                request,
                request.dialect(),
                model.name(),
                request.streamed(),
                body(request, edits),
                journey.original().headers(),
                Loops.via(journey.original().headers(), journey.engine().instanceId()),
                journey.deadline(),
                cancellation);
        return new Outgoing(call, !asking.isEmpty());
    }

    /** The request as the backend of a target reads it, with every edit made that is not the backend's own. */
    static Spoken spoken(Contender contender) throws BadRequest {
        Journey journey = contender.journey();
        ModelInfo model = contender.model();
        RequestEdits ours = journey.request().edits();
        List<Edit> edits = new ArrayList<>(ours.withoutOwnField());
        if (contender.dialect().equals(journey.request().dialect())) {
            edits.addAll(ours.naming(model.name()));
            edits.addAll(ours.withoutForeignSeals());
            if (contender.manner().midSystem() == Manner.MidSystem.USER) {
                edits.addAll(ours.laterSystemAsUser());
            }
        }
        edits.addAll(journey.assignment().edits());
        edits.addAll(drops(journey, model));
        edits.addAll(journey.screened());
        edits.addAll(contender.edits());
        Directive directive = journey.profile()
                .systemPrompt()
                .then(contender.member().settings().systemPrompt(model.name()));
        edits.addAll(ours.directing(directive, edits));
        return Spoken.to(contender, edits);
    }

    /** The edits that are made to the request as the backend reads it. */
    private static List<Edit> last(Contender contender, Spoken spoken, List<Edit> ofBackend, List<Edit> asking) {
        List<Edit> edits = new ArrayList<>(
                spoken.isTranslated()
                        ? spoken.request().edits().naming(contender.model().name())
                        : spoken.edits());
        edits.addAll(ofBackend);
        edits.addAll(asking);
        return edits;
    }

    private static List<Edit> all(Spoken spoken, List<Edit> last) {
        List<Edit> all = new ArrayList<>(spoken.isTranslated() ? spoken.edits() : List.of());
        all.addAll(last);
        return all;
    }

    private static Optional<Dialect> translated(Spoken spoken) {
        return spoken.isTranslated() ? Optional.of(spoken.dialect()) : Optional.empty();
    }

    /** What would be changed in the body for a target, without values. */
    static List<String> changes(Contender contender) {
        try (Spoken spoken = spoken(contender)) {
            return changes(contender, spoken);
        } catch (BadRequest bad) {
            return List.of("refuse: " + bad.message());
        }
    }

    private static List<String> changes(Contender contender, Spoken spoken) {
        Member member = contender.member();
        List<Edit> ofBackend = PluginDefect.guarded(member.words(), () -> ofBackend(contender, spoken.request()));
        List<Edit> last = last(contender, spoken, ofBackend, usageEdits(contender.journey(), spoken.request()));
        return TraceLog.told(all(spoken, last), translated(spoken));
    }

    /** The edits that the backend makes for itself; runs its code. */
    static List<Edit> ofBackend(Contender contender, ParsedRequest request) {
        try (Reading ignored = request.reading()) {
            return contender.member().backend().edits(request, contender.model().name());
        }
    }

    private static List<Edit> drops(Journey journey, ModelInfo model) {
        if (journey.profile().mayDrop().isEmpty()) {
            return List.of();
        }
        List<Edit> drops = new ArrayList<>(0);
        for (Capability capability :
                journey.profile().mayDrop().stream().sorted().toList()) {
            if (model.support(capability) == Support.NO) {
                drops.addAll(journey.request().drop(capability));
            }
        }
        return drops;
    }

    private static List<Edit> usageEdits(Journey journey, ParsedRequest request) {
        boolean asks = journey.plan().usageWanted() && request.streamed() && !request.asksUsage();
        return asks ? request.edits().reportingUsage() : List.of();
    }

    private static Body body(ParsedRequest request, List<Edit> edits) throws BackendException {
        try {
            return request.edited(edits);
        } catch (UncheckedIOException failed) {
            throw unreadable(failed);
        }
    }

    static BackendException unreadable(UncheckedIOException failed) {
        return new BackendException(
                Failure.of(FailureKind.DEFECT, "the request's body cannot be read again: " + failed.getMessage()),
                failed);
    }
}
