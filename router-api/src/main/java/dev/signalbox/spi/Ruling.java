package dev.signalbox.spi;

import dev.signalbox.api.Edit;
import java.util.List;

/** A guard's ruling on a request. Closed: the engine handles every case. */
public sealed interface Ruling {

    /** It goes on as it is; the notes go to trace, event and log. */
    record Pass(List<String> notes) implements Ruling {
        public Pass {
            notes = List.copyOf(notes);
        }
    }

    /** It goes on changed. */
    record Change(List<Edit> edits, List<String> notes) implements Ruling {
        public Change {
            edits = List.copyOf(edits);
            notes = List.copyOf(notes);
        }
    }

    /** It ends here. */
    record Refuse(Refusal refusal) implements Ruling {}

    /** It goes on as it is. */
    static Ruling pass(String... notes) {
        return new Pass(List.of(notes));
    }

    /** It goes on changed. */
    static Ruling edit(List<Edit> edits, String... notes) {
        return new Change(edits, List.of(notes));
    }

    /** It ends here. */
    static Ruling refuse(Refusal refusal) {
        return new Refuse(refusal);
    }
}
