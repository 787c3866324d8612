package dev.signalbox.backend.http.transport;

import java.util.Random;

/** Bytes without any pattern, the same in every run. */
final class Bytes {

    private Bytes() {}

    static byte[] some(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
