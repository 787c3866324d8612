package dev.signalbox.spi;

import dev.signalbox.api.Edit;
import java.util.List;

/** A guard's judgement of one target. Closed: the engine handles every case. */
public sealed interface Verdict {

    /** Nothing against it; the edits are made if the request goes there, the notes go to trace, event and log. */
    record Admit(List<Edit> edits, List<String> notes) implements Verdict {
        private static final Admit PLAINLY = new Admit(List.of(), List.of());

        public Admit {
            edits = List.copyOf(edits);
            notes = List.copyOf(notes);
        }
    }

    /** Try it after all targets of the chain that nobody has doubts about. */
    record Demote(String reason) implements Verdict {}

    /** Do not try it for this request. */
    record Exclude(Refusal refusal) implements Verdict {}

    /** Nothing against it. */
    static Verdict admit() {
        return Admit.PLAINLY;
    }

    /** Nothing against it. */
    static Verdict admit(String... notes) {
        return new Admit(List.of(), List.of(notes));
    }

    /** Nothing against it, with changes. */
    static Verdict admit(List<Edit> edits, String... notes) {
        return new Admit(edits, List.of(notes));
    }

    /** Try it last. */
    static Verdict demote(String reason) {
        return new Demote(reason);
    }

    /** Do not try it. */
    static Verdict exclude(Refusal refusal) {
        return new Exclude(refusal);
    }
}
