package dev.signalbox.guard.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The share of failures among the outcomes of a while. The worst it has come to is kept until somebody has looked again:
 * else what is let alone would count as well because nothing happens to it.
 *
 * @param slices the outcomes of a while, by parts of it, the oldest first
 * @param worst the largest share of failures; 0 if there never were enough outcomes
 * @param since when it came to that, in nanoseconds
 * @param nobodyThere whether the failures of that while, and all since, are that nobody was there
 * @param cause what the last failure was when it came to the worst
 */
record Rate(List<Slice> slices, double worst, long since, boolean nobodyThere, String cause) {

    static final Rate NONE = new Rate(List.of(), 0, 0, true, "");

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
        slices = List.copyOf(slices);
    }

    private static boolean other(String one, String other) {
        return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
    }

    Rate answered(long now, Rhythm rhythm) {
        List<Slice> kept = kept(now, rhythm);
        kept.set(kept.size() - 1, kept.getLast().answered());
        return new Rate(kept, worst, since, nobodyThere, cause);
    }

    /**
     * With one failure more.
     *
     * @param whole whether it is of a whole backend, of which the failures of one target say nothing
     */
    Rate failed(Trouble trouble, boolean whole, long now, Rhythm rhythm) {
        List<Slice> kept = kept(now, rhythm);
        kept.set(kept.size() - 1, kept.getLast().failed(trouble));
        double share = whole && !ofSeveral(kept) ? 0 : share(kept, rhythm);
        return share > worst
                ? new Rate(kept, share, now, kept.stream().allMatch(Slice::nobodyThere), trouble.cause())
                : new Rate(kept, worst, since, nobodyThere && (worst == 0 || trouble.nobodyThere()), cause);
    }

    /** The slices of the window, the last of which is that of now. */
    private List<Slice> kept(long now, Rhythm rhythm) {
        long number = rhythm.slice(now);
        List<Slice> kept = new ArrayList<>(Rhythm.SLICES + 1);
        for (Slice slice : slices) {
            if (number - slice.number() < Rhythm.SLICES) {
                kept.add(slice);
            }
        }
        if (kept.isEmpty() || kept.getLast().number() != number) {
            kept.add(Slice.begun(number));
        }
        return kept;
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
