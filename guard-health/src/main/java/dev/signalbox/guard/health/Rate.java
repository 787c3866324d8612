package dev.signalbox.guard.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The share of failures among the outcomes of a while. The worst it has come to is kept until somebody has looked again:
 * else what is let alone would count as well because nothing happens to it.
 *
 * @param before the outcomes of a while, by parts of it, the oldest first
 * @param current those of the part that is not over yet
 * @param worst the largest share of failures; 0 if there never were enough outcomes
 * @param since when it came to that, in nanoseconds
 * @param nobodyThere whether the failures of that while, and all since, are that nobody was there
 * @param cause what the last failure was when it came to the worst
 */
record Rate(List<Slice> before, Slice current, double worst, long since, boolean nobodyThere, String cause) {

    static final Rate NONE = new Rate(List.of(), Slice.begun(0), 0, 0, true, "");

    /**
     * What happened in a part of the window.
     *
     * @param source whose the last failure was; empty if there was none
     * @param several whether failures were of more than one
     * @param nobodyThere whether all of them are that nobody was there
     */
    record Slice(long number, int all, int failed, String source, boolean several, boolean nobodyThere) {

        static Slice begun(long number) {
            return new Slice(number, 0, 0, "", false, true);
        }

        Slice answered() {
            return new Slice(number, all + 1, failed, source, several, nobodyThere);
        }

        Slice failed(Trouble trouble) {
            return new Slice(
                    number,
                    all + 1,
                    failed + 1,
                    trouble.source(),
                    several || other(source, trouble.source()),
                    nobodyThere && trouble.nobodyThere());
        }
    }

    Rate {
        before = List.copyOf(before);
    }

    private static boolean other(String one, String other) {
        return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
    }

    Rate answered(long now, Rhythm rhythm) {
        Rate here = at(now, rhythm);
        return new Rate(here.before, here.current.answered(), worst, since, nobodyThere, cause);
    }

    /**
     * With one failure more.
     *
     * @param whole whether it is of a whole backend, of which the failures of one target say nothing
     */
    Rate failed(Trouble trouble, boolean whole, long now, Rhythm rhythm) {
        Rate here = at(now, rhythm);
        Slice last = here.current.failed(trouble);
        List<Slice> kept = new ArrayList<>(here.before);
        kept.add(last);
        double share = whole && !ofSeveral(kept) ? 0 : share(kept, rhythm);
        return share > worst
                ? new Rate(here.before, last, share, now, kept.stream().allMatch(Slice::nobodyThere), trouble.cause())
                : new Rate(
                        here.before, last, worst, since, nobodyThere && (worst == 0 || trouble.nobodyThere()), cause);
    }

    /** The same with the slice of now, and without those that the window has left behind. */
    private Rate at(long now, Rhythm rhythm) {
        long number = rhythm.slice(now);
        if (number == current.number()) {
            return this;
        }
        List<Slice> kept = new ArrayList<>(Rhythm.SLICES);
        before.forEach(slice -> keep(slice, number, kept));
        keep(current, number, kept);
        return new Rate(kept, Slice.begun(number), worst, since, nobodyThere, cause);
    }

    private static void keep(Slice slice, long number, List<Slice> kept) {
        if (slice.all() > 0 && number - slice.number() < Rhythm.SLICES) {
            kept.add(slice);
        }
    }

    private static boolean ofSeveral(List<Slice> kept) {
        String last = kept.getLast().source();
        return kept.stream().anyMatch(slice -> slice.several() || other(slice.source(), last));
    }

    private static double share(List<Slice> kept, Rhythm rhythm) {
        int all = kept.stream().mapToInt(Slice::all).sum();
        int failed = kept.stream().mapToInt(Slice::failed).sum();
        return all < rhythm.fewest() ? 0 : (double) failed / all;
    }

    boolean trips(double threshold) {
        return worst > 0 && worst >= threshold;
    }

    String words() {
        return String.format(Locale.ROOT, "%.0f %% of its requests failed, last with %s", worst * 100, cause);
    }
}
