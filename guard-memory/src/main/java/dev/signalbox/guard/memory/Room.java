package dev.signalbox.guard.memory;

import dev.signalbox.guard.memory.machine.Measured;
import java.util.Optional;
import java.util.OptionalLong;

/** How much memory of a machine models can have, as it is written down or was measured last. Guarded by the residency's lock. */
final class Room {

    private final Capacity said;
    private final long reserve;
    private Optional<Measured> measured = Optional.empty();
    private long takenThen;
    private boolean askedFor; // whether somebody has tried to measure it

    Room(Capacity said, long reserve) {
        this.said = said;
        this.reserve = reserve;
    }

    boolean isMeasured() {
        return said instanceof Capacity.Auto;
    }

    /** Whether it is to be measured and nobody has done so yet. */
    boolean isAwaited() {
        return isMeasured() && !askedFor;
    }

    /** What is kept free. */
    long reserve() {
        return reserve;
    }

    /** What models can have with what is kept free; empty where nobody knows. */
    OptionalLong capacity() {
        return switch (said) {
            case Capacity.Written written -> OptionalLong.of(written.bytes());
            case Capacity.Auto auto ->
                measured.map(seen -> OptionalLong.of(seen.capacity(takenThen))).orElseGet(OptionalLong::empty);
        };
    }

    /** What models can have; empty where nobody knows. */
    OptionalLong forModels() {
        OptionalLong capacity = capacity();
        return capacity.isPresent()
                ? OptionalLong.of(Math.max(0, capacity.getAsLong() - reserve))
                : OptionalLong.empty();
    }

    /** What models can have if that is measured while they take so much. */
    long forModels(Measured now, long taken) {
        return Math.max(0, now.capacity(taken) - reserve);
    }

    /** Who says what the machine has. */
    String source() {
        return switch (said) {
            case Capacity.Written written -> "configured";
            case Capacity.Auto auto -> measured.map(Measured::source).orElse("not measured");
        };
    }

    /**
     * Somebody has measured it; what was measured last stands where nobody tells.
     *
     * @param taken what models took then
     */
    void measured(Optional<Measured> now, long taken) {
        askedFor = true;
        if (now.isPresent()) {
            measured = now;
            takenThen = taken;
        }
    }
}
