package dev.signalbox.guard.health;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The course of one target or backend, as it goes on. Any thread may use it; nobody ever waits for it. */
final class Chart {

    private final String name;
    private final AtomicReference<Course> course;

    Chart(String name, Course first) {
        this.name = name;
        this.course = new AtomicReference<>(first);
    }

    String name() {
        return name;
    }

    Course now() {
        return course.get();
    }

    /** What was before a change, and what after it. */
    record Step(Course before, Course after) {}

    /**
     * Changes it; the change is a pure function, which may be asked more than once. What is as it was is not written again,
     * since each processor would have to fetch it anew then.
     */
    @SuppressWarnings("ReferenceEquality")
    Step change(UnaryOperator<Course> change) {
        while (true) {
            Course before = course.get();
            Course after = change.apply(before);
            if (after == before || course.compareAndSet(before, after)) {
                return new Step(before, after);
            }
        }
    }

    /**
     * Takes the only place there is for looking how it is, if that is the turn of one now; how it stood before.
     *
     * @param name by which the one who takes it is known; asked only where it may come to that
     */
    Standing take(
            LongSupplier name,
            Thresholds thresholds,
            Supplier<Optional<Double>> bestOfChain,
            LongSupplier clock,
            Rhythm rhythm) {
        if (now().isQuiet()) {
            return Standing.WELL;
        }
        long id = name.getAsLong();
        Optional<Double> best = bestOfChain.get();
        long now = clock.getAsLong();
        return change(before -> before.standing(thresholds, best, now, rhythm).turn() == Standing.Turn.ONE
                        ? before.trying(id)
                        : before)
                .before()
                .standing(thresholds, best, now, rhythm);
    }

    /** Gives that place back as if it had never been taken. */
    void undo(long id) {
        change(before -> before.triedBy(id) ? before.undone() : before);
    }
}
