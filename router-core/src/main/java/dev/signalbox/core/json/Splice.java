package dev.signalbox.core.json;

import dev.signalbox.api.Body;
import dev.signalbox.api.Edit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes edits to a body without touching any byte they do not name.
 *
 * <p>The edits are made in their order: each sees what those before it left, so of two that hit the same place the
 * later one wins. Edits that cannot get into each other's way are made in one pass. A malformed pointer and a place
 * that is not there change nothing; of nested members of one name the last one is meant. What is added to an object
 * or to the end of an array stands right before its closing bracket.
 *
 * <p>Safe for any thread. The bodies returned copy nothing of the original: they live as long as it does, and closing
 * one closes the original.
 */
public final class Splice {

    private record Step(Pointer pointer, Edit edit) {

        /** Whether a later edit has to see what this one did. */
        boolean matters(Step later) {
            boolean movesElements = edit.action() != Edit.Action.REPLACE && pointer.mayBeElement();
            return pointer.contains(later.pointer)
                    || later.pointer.contains(pointer)
                    || (movesElements && pointer.sharesHolderWith(later.pointer));
        }
    }

    private Splice() {}

    /** The body with the edits made; the body itself if there are none. */
    public static Body apply(Body body, List<Edit> edits) throws IOException {
        Body changed = body;
        for (List<Step> batch : batches(edits)) {
            Sought root = sought(batch);
            Walk.through(changed, root);
            changed = patched(changed, root);
        }
        return changed;
    }

    /** Like {@link #apply(Body, List)}, without reading the body again for top-level members that the index knows. */
    public static Body apply(Body body, JsonIndex index, List<Edit> edits) throws IOException {
        List<List<Step>> batches = batches(edits);
        Sought root = batches.size() == 1 ? sought(batches.getFirst()) : new Sought();
        if (batches.size() != 1 || !root.isShallow()) {
            return apply(body, edits);
        }
        root.fill(index);
        return patched(body, root);
    }

    private static Body patched(Body body, Sought root) throws IOException {
        List<Patch> patches = Patches.of(body, root);
        return patches.isEmpty() ? body : new SplicedBody(body, patches);
    }

    private static Sought sought(List<Step> batch) {
        Sought root = new Sought();
        batch.forEach(step -> root.at(step.pointer()).edit(step.edit()));
        return root;
    }

    private static List<List<Step>> batches(List<Edit> edits) {
        List<List<Step>> batches = new ArrayList<>();
        List<Step> current = new ArrayList<>();
        for (Edit edit : edits) {
            Optional<Pointer> pointer = Pointer.of(edit.pointer());
            if (pointer.isEmpty()) {
                continue;
            }
            Step step = new Step(pointer.get(), edit);
            if (current.stream().anyMatch(earlier -> earlier.matters(step))) {
                batches.add(current);
                current = new ArrayList<>();
            }
            current.add(step);
        }
        if (!current.isEmpty()) {
            batches.add(current);
        }
        return batches;
    }
}
