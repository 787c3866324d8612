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

    /**
     * Try it after all targets of the chain that nobody has doubts about.
     *
     * @param last whether it comes even after others that are demoted, because it will probably fail
     */
    record Demote(String reason, boolean last) implements Verdict {}

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

    /** Try it after those that nobody has doubts about. */
    static Verdict demote(String reason) {
        return new Demote(reason, false);
    }

    /** Try it after all others, those that are demoted too: it will probably fail. */
    static Verdict demoteLast(String reason) {
        return new Demote(reason, true);
    }

    /** Do not try it. */
    static Verdict exclude(Refusal refusal) {
        return new Exclude(refusal);
    }
}
