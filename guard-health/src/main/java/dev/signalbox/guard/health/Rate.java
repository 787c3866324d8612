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
 * @param source whose the last failure was
 * @param several whether failures were of more than one
 * @param nobodyThere whether all of them are that nobody was there
 * @param cause what the last failure was when it came to the worst
 */
record Rate(
        List<Slice> slices,
        double worst,
        long since,
        String source,
        boolean several,
        boolean nobodyThere,
        String cause) {

    static final Rate NONE = new Rate(List.of(), 0, 0, "", false, true, "");

    /** What happened in a part of the window. */
    record Slice(long number, int all, int failed) {
        Slice and(boolean fails) {
            return new Slice(number, all + 1, failed + (fails ? 1 : 0));
        }
    }

    Rate {
        slices = List.copyOf(slices);
    }

    Rate and(boolean fails, long now, Rhythm rhythm) {
        long number = rhythm.slice(now);
        List<Slice> kept = new ArrayList<>(Rhythm.SLICES + 1);
        for (Slice slice : slices) {
            if (number - slice.number() < Rhythm.SLICES) {
                kept.add(slice);
            }
        }
        boolean fresh = kept.isEmpty() && worst == 0;
        if (kept.isEmpty() || kept.getLast().number() != number) {
            kept.add(new Slice(number, 0, 0));
        }
        kept.set(kept.size() - 1, kept.getLast().and(fails));
        return fresh
                ? new Rate(kept, 0, 0, "", false, true, "")
                : new Rate(kept, worst, since, source, several, nobodyThere, cause);
    }

    Rate and(Trouble trouble, long now, Rhythm rhythm) {
        Rate next = and(true, now, rhythm);
        boolean more = next.several || !(next.source.isEmpty() || next.source.equals(trouble.source()));
        boolean nobody = next.nobodyThere && trouble.nobodyThere();
        double share = next.share(rhythm);
        return share > worst
                ? new Rate(next.slices, share, now, trouble.source(), more, nobody, trouble.cause())
                : new Rate(next.slices, worst, since, trouble.source(), more, nobody, cause);
    }

    private double share(Rhythm rhythm) {
        int all = slices.stream().mapToInt(Slice::all).sum();
        int failed = slices.stream().mapToInt(Slice::failed).sum();
        return all < rhythm.fewest() ? 0 : (double) failed / all;
    }

    boolean trips(double threshold) {
        return worst > 0 && worst >= threshold;
    }

    String words() {
        return String.format(Locale.ROOT, "%.0f %% of its requests failed, last with %s", worst * 100, cause);
    }
}
