package dev.signalbox.core.json;

import dev.signalbox.api.Body;
import dev.signalbox.api.Edit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes edits to a body without touching any byte they do not name, in one pass.
 *
 * <p>Whoever makes edits has seen the body as it came, so that is what pointers mean: an index names the element that
 * stood there before any edit. Edits are made in their order: of two that hit the same place the later one wins, what
 * one has put somewhere a later one can change, and where one has taken something out there is nothing to change any
 * more. Elements put in before the same one stand in the order of their edits.
 *
 * <p>A malformed pointer and a place that is not there change nothing; of nested members of one name the last one is
 * meant. What is added to an object or to the end of an array stands right before its closing bracket.
 *
 * <p>Safe for any thread. The bodies returned copy nothing of the original: they live as long as it does, and closing
 * one closes the original.
 */
public final class Splice {

    private record Step(Pointer pointer, Edit edit) {}

    private Splice() {}

    /** The body with the edits made; the body itself if they change nothing. */
    public static Body apply(Body body, List<Edit> edits) throws IOException {
        List<Step> steps = steps(edits);
        Sought root = sought(steps);
        if (root.leadsOn()) {
            Walk.through(body, root);
        }
        return patched(body, root, steps);
    }

    /** Like {@link #apply(Body, List)}, without reading the body again for top-level members that the index knows. */
    public static Body apply(Body body, JsonIndex index, List<Edit> edits) throws IOException {
        List<Step> steps = steps(edits);
        Sought root = sought(steps);
        if (root.isShallow()) {
            root.fill(index);
        } else {
            Walk.through(body, root);
        }
        return patched(body, root, steps);
    }

    private static Body patched(Body body, Sought root, List<Step> steps) throws IOException {
        for (Step step : steps) {
            Replay.make(root, step.pointer(), step.edit());
        }
        List<Patch> patches = Patches.of(body, root);
        return patches.isEmpty() ? body : new SplicedBody(body, patches);
    }

    private static Sought sought(List<Step> steps) throws IOException {
        Sought root = new Sought();
        for (Step step : steps) {
            root.at(step.pointer());
            if (step.edit().action() == Edit.Action.RENAME) {
                root.at(step.pointer().beside(Replay.name(step.edit()))); // it must not be there
            }
        }
        return root;
    }

    private static List<Step> steps(List<Edit> edits) {
        List<Step> steps = new ArrayList<>();
        for (Edit edit : edits) {
            Optional<Pointer> pointer = Pointer.of(edit.pointer());
            pointer.ifPresent(place -> steps.add(new Step(place, edit)));
        }
        return steps;
    }
}
