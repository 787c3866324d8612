package dev.signalbox.core.engine;

import dev.signalbox.api.Body;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Edit;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.core.dialect.ParsedRequest;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Failure;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is sent to a backend: the client's bytes with every edit made.
 *
 * @param call the call
 * @param usageAdded whether the tokens are asked for on our own behalf, so that the frame that tells them is not for
 *     the client
 */
record Outgoing(BackendCall call, boolean usageAdded) {

    /** What one attempt sends; the backend's own edits come after those of guards. */
    static Outgoing of(Contender contender, List<Edit> ofBackend, Cancellation cancellation) throws BackendException {
        Journey journey = contender.journey();
        ParsedRequest request = journey.request();
        ModelInfo model = contender.model();
        List<Edit> asking = usageEdits(journey);
        List<Edit> edits = edits(contender, ofBackend, asking);
        journey.trace().edited(edits);
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

    private static List<Edit> edits(Contender contender, List<Edit> ofBackend, List<Edit> asking) {
        Journey journey = contender.journey();
        ModelInfo model = contender.model();
        List<Edit> edits = new ArrayList<>(journey.request().ownFieldEdits());
        edits.addAll(journey.request().modelEdit(model.name()));
        edits.addAll(drops(journey, model));
        edits.addAll(journey.screened());
        edits.addAll(contender.edits());
        edits.addAll(ofBackend);
        edits.addAll(asking);
        return edits;
    }

    /** What would be changed in the body for a target, without values. */
    static List<String> changes(Contender contender) {
        Member member = contender.member();
        List<Edit> ofBackend = PluginDefect.guarded(
                "the backend type " + member.settings().type(),
                () -> member.backend()
                        .edits(contender.journey().request(), contender.model().name()));
        return edits(contender, ofBackend, usageEdits(contender.journey())).stream()
                .map(Edit::toString)
                .toList();
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

    private static List<Edit> usageEdits(Journey journey) {
        ParsedRequest request = journey.request();
        boolean asks = journey.plan().usageWanted() && request.streamed() && !request.asksUsage();
        return asks ? request.usageEdits() : List.of();
    }

    private static Body body(ParsedRequest request, List<Edit> edits) throws BackendException {
        try {
            return request.edited(edits);
        } catch (UncheckedIOException failed) {
            throw new BackendException(
                    Failure.of(FailureKind.DEFECT, "the request's body cannot be read again: " + failed.getMessage()),
                    failed);
        }
    }
}
