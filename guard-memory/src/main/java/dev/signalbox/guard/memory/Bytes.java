package dev.signalbox.guard.memory;

import java.util.Locale;

/** Sizes in words. */
final class Bytes {

    private static final double GIBI = 1L << 30;

    private Bytes() {}

    static String show(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / GIBI);
    }
}
