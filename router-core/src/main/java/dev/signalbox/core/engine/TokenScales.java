package dev.signalbox.core.engine;

import dev.signalbox.api.Target;
import dev.signalbox.api.Usage;
import dev.signalbox.core.dialect.ParsedRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many tokens a model really takes for one that is estimated, learnt from what its server reports. Belongs to
 * targets by name, so it outlives an exchange of the configuration. Any thread may ask.
 *
 * <p>Only estimates that somebody wanted are compared: nothing is read in order to learn. Prompts that are short, or
 * hold images, say little about words.
 */
final class TokenScales {

    private static final int MOST_TARGETS = 1_000;
    private static final int FEWEST_TOKENS = 50;
    private static final int MEMORY = 20; // later reports count as one in so many
    private static final double MOST = 4; // a report that is further off speaks of something else

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Target, Scale> scales = new LinkedHashMap<>(16, 0.75f, true); // guarded by lock; oldest use first

    /** A mean of ratios. */
    private record Scale(double ratio, int reports) {

        Scale and(double other) {
            int count = Math.min(reports + 1, MEMORY);
            return new Scale(ratio + (other - ratio) / count, count);
        }
    }

    /** About how many tokens that estimate is for this target. */
    long scaled(Target target, long estimate) {
        lock.lock();
        try {
            Scale scale = scales.get(target);
            return scale == null ? estimate : Math.round(estimate * scale.ratio());
        } finally {
            lock.unlock();
        }
    }

    /** Learns from what a server reported of a request. */
    void learn(Target target, ParsedRequest request, Usage usage) {
        OptionalLong estimate = request.estimatedTokens();
        if (usage.source() != Usage.Source.REPORTED || estimate.isEmpty() || estimate.getAsLong() < FEWEST_TOKENS) {
            return;
        }
        double ratio = (double) usage.input() / estimate.getAsLong();
        if (ratio >= 1 / MOST && ratio <= MOST && request.images() == 0) {
            learn(target, ratio);
        }
    }

    private void learn(Target target, double ratio) {
        lock.lock();
        try {
            scales.merge(target, new Scale(ratio, 1), (known, first) -> known.and(ratio));
            if (scales.size() > MOST_TARGETS) {
                scales.remove(scales.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }
}
