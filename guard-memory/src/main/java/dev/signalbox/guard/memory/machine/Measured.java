package dev.signalbox.guard.memory.machine;

/**
 * What was measured.
 *
 * @param bytes how much models can have: all there is where {@code isTotal}, else what is free beside those loaded now
 * @param isTotal whether what is loaded now is part of it
 * @param source who said so, in a few words
 */
public record Measured(long bytes, boolean isTotal, String source) {

    /** What models can have in all, if those loaded now take so much. */
    public long capacity(long loaded) {
        return isTotal ? bytes : bytes + loaded;
    }
}
