package dev.signalbox.selector.standard;

/** Spreads keys evenly over all numbers; the same in every process. */
final class Mixed {

    private Mixed() {}

    /** Of a text: FNV-1a over its characters, then mixed. */
    static long of(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return of(hash);
    }

    /** Of a number: the last step of SplitMix64. */
    static long of(long number) {
        long z = number;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
