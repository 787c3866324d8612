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

    /** Takes a member of a top-level object out if it is there. */
    static List<Edit> nested(Facts facts, Capability capability, String holder, String name) {
        return facts.tree(holder).has(name)
                ? List.of(Edit.remove("/" + holder + "/" + name).dropping(capability.id()))
                : List.of();
    }

    /** Takes out the arrays that hold what the pointers lead to. */
    static List<Edit> holders(List<String> pointers, Capability capability) {
        return pointers.stream()
                .map(pointer -> pointer.substring(0, pointer.lastIndexOf('/')))
                .distinct()
                .map(pointer -> Edit.remove(pointer).dropping(capability.id()))
                .toList();
    }

    /** Puts words where parts stand, so that no message is left empty. */
    static List<Edit> parts(List<String> pointers, Capability capability, String partType, String what) {
        String stands = Instruction.part(partType, "[%s removed]".formatted(what));
        return pointers.stream()
                .map(pointer -> Edit.replace(pointer, stands).dropping(capability.id()))
                .toList();
    }
}
