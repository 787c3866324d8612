package dev.signalbox.core.dialect;

import dev.signalbox.api.Body;
import dev.signalbox.api.Capability;
import dev.signalbox.api.Edit;
import dev.signalbox.api.JsonText;
import dev.signalbox.core.json.JsonIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The edits that change what a request says, right for its dialect; none is made here. Any thread may ask. It throws
 * {@link UncheckedIOException} if the body cannot be read any more, and {@link ReadingRefused} if there is no memory for
 * what it says.
 */
public final class RequestEdits {

    private final Body body;
    private final JsonIndex index;
    private final RequestShape shape;
    private final Facts facts;

    RequestEdits(Body body, JsonIndex index, RequestShape shape, Facts facts) {
        this.body = body;
        this.index = index;
        this.shape = shape;
        this.facts = facts;
    }

    /** Has the body name this model. */
    public List<Edit> naming(String model) {
        String json = JsonText.quote(model);
        boolean there = index.member("model").isPresent();
        return List.of(there ? Edit.replace("/model", json) : Edit.insert("/model", json));
    }

    /** Takes our own field out, which no server knows. */
    public List<Edit> withoutOwnField() {
        return index.member("profile").isPresent() ? List.of(Edit.remove("/profile")) : List.of();
    }

    /** Has the answer report its tokens; empty if it does so anyway. */
    public List<Edit> reportingUsage() {
        return shape.usageEdits(facts);
    }

    /**
     * Does to the system prompt what a directive says.
     *
     * @param before edits that are made already, which may have changed the prompt
     */
    public List<Edit> directing(Directive directive, List<Edit> before) {
        return directive.changes() ? Instruction.direct(facts, shape, directive, before) : List.of();
    }

    /** Has the user say what the system says after somebody else has spoken, at the same place. */
    public List<Edit> laterSystemAsUser() {
        return facts.conversation().laterSystems().stream()
                .map(pointer -> Edit.replace(pointer + "/role", "\"user\""))
                .toList();
    }

    /** Takes out what only servers of another dialect can read: one that speaks this dialect would refuse it. */
    public List<Edit> withoutForeignSeals() {
        try {
            return index.marked(Marks.SEALS) ? ForeignSeals.edits(body) : List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Takes out what needs a capability. */
    public List<Edit> without(Capability capability) {
        return shape.drop(facts, capability);
    }
}
