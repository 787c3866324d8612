package dev.signalbox.core.dialect;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Edit;
import dev.signalbox.core.json.JsonIndex;
import java.util.ArrayList;
import java.util.List;

/** Edits that take out what asks for a capability. */
final class Drops {

    private Drops() {}

    /** Takes out those of the top-level members that are there. */
    static List<Edit> members(JsonIndex index, Capability capability, String... names) {
        List<Edit> edits = new ArrayList<>();
        for (String name : names) {
            if (index.member(name).isPresent()) {
                edits.add(Edit.remove("/" + name).dropping(capability.id()));
            }
        }
        return edits;
    }

    /** Puts words where parts stand, so that no message is left empty. */
    static List<Edit> parts(List<String> pointers, Capability capability, String partType, String what) {
        String stands = Instruction.part(partType, "[%s removed]".formatted(what));
        return pointers.stream()
                .map(pointer -> Edit.replace(pointer, stands).dropping(capability.id()))
                .toList();
    }
}
