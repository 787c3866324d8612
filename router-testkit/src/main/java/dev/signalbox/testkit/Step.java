package dev.signalbox.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/** One thing a scripted server does for a reply. */
sealed interface Step {

    /** Sends these bytes as one piece of the body. */
    final class Send implements Step {
        private final byte[] bytes;

        Send(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }

        /** The same bytes in pieces. */
        Stream<Step> pieces(int size) {
            return Stream.iterate(0, at -> at < bytes.length, at -> at + size)
                    .map(at -> new Send(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size))));
        }
    }

    /** Waits at a gate, or until the client has left. */
    record Stand(Gate gate) implements Step {}

    /** Takes its time. */
    record Pause(Duration time) implements Step {}

    /** Sends an interim head such as {@code 103 Early Hints}. */
    record Inform(int status) implements Step {}
}
