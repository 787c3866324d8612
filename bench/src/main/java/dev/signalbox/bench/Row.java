package dev.signalbox.bench;

import java.util.List;

/**
 * One line of the table. A cell that says nothing is empty.
 *
 * @param what what is measured, with its unit
 * @param direct without anything between
 * @param compared the number the target is about
 */
record Row(
        String what,
        String direct,
        String reference,
        String measured,
        String compared,
        String target,
        Verdict verdict) {

    /** Whether the target was met, and if not, why. */
    record Verdict(boolean failed, String text) {
        static final Verdict NONE = new Verdict(false, "");

        static Verdict of(boolean met) {
            return met ? new Verdict(false, "pass") : new Verdict(true, "**fail**");
        }

        /** Replies that were wrong, too late or did not come spoil every other number. */
        Verdict spoiltBy(List<Slice> slices) {
            long wrong = slices.stream()
                    .mapToLong(slice -> slice.result().failures())
                    .sum();
            return wrong == 0 ? this : new Verdict(true, "**fail**, %d replies were wrong".formatted(wrong));
        }
    }

    String markdown() {
        List<String> cells = List.of(what, direct, reference, measured, compared, target, verdict.text());
        return "| " + String.join(" | ", cells) + " |";
    }
}
