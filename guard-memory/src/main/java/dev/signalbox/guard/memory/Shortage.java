package dev.signalbox.guard.memory;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.plan.Plan;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.Refusal;
import java.util.Comparator;
import java.util.Optional;

/** Says that a model does not fit, with all figures. Residency's lock. */
final class Shortage {

    private Shortage() {}

    static Refusal refusal(Books books, Target target, Plan.Never never) {
        Optional<Target> largest = largest(books, never.most());
        String message = "%s needs %s of %s, of which models can have %s at most: %s%s"
                .formatted(
                        target,
                        Bytes.show(never.needed()),
                        books.host(),
                        Bytes.show(Math.max(0, never.most())),
                        never.reason(),
                        largest.map(fits -> "; the largest model that would fit is " + fits)
                                .orElse(""));
        Refusal refusal = Refusal.of(Refusal.Kind.NO_MEMORY, message)
                .with("needed", Long.toString(never.needed()))
                .with("free", Long.toString(Math.max(0, books.free().orElse(0))))
                .with("most", Long.toString(Math.max(0, never.most())))
                .with("capacity", Long.toString(books.room().capacity().orElse(0)));
        return largest.map(fits -> refusal.with("largest", fits.toString())).orElse(refusal);
    }

    /** That it turned out so only when its place was made. */
    static BackendException failure(Books books, Target target, Plan.Never never) {
        String message = "%s needs %s of %s, which has %s for it at most: %s"
                .formatted(
                        target,
                        Bytes.show(never.needed()),
                        books.host(),
                        Bytes.show(Math.max(0, never.most())),
                        never.reason());
        return new BackendException(FailureKind.OUT_OF_MEMORY, message);
    }

    private static Optional<Target> largest(Books books, long most) {
        return books.offers().all().keySet().stream()
                .filter(target -> {
                    long bytes = books.size(target).bytes();
                    return bytes > 0 && bytes <= most;
                })
                .max(Comparator.comparingLong(
                                (Target target) -> books.size(target).bytes())
                        .thenComparing(Target::toString));
    }
}
