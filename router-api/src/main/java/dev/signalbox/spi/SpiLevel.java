package dev.signalbox.spi;

/** The level of these contracts. A plugin returns {@link #CURRENT}; the compiler freezes the number into its class. */
public final class SpiLevel {

    /** The level of the contracts this was compiled with. Raised by a change that breaks plugins. */
    public static final int CURRENT = 1;

    /** The oldest level this engine still runs. */
    public static final int OLDEST = 1;

    private SpiLevel() {}
}
