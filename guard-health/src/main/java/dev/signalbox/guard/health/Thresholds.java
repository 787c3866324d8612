package dev.signalbox.guard.health;

import java.util.Optional;

/**
 * From when on something is not well, for whoever asks.
 *
 * @param inARow so many failures one after the other make it degraded, twice as many unhealthy
 * @param rate so large a share of failures makes it unhealthy
 * @param slower it is slow if its first content takes so many times as long as that of the best of its chain; empty if
 *     that is not looked at
 */
record Thresholds(int inARow, double rate, Optional<Double> slower) {

    static Thresholds of(long inARow, double rate, Optional<Double> slower) {
        return new Thresholds(Math.toIntExact(inARow), rate, slower);
    }
}
