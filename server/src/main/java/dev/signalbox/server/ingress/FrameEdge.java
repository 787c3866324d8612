package dev.signalbox.server.ingress;

import dev.signalbox.api.frame.Framing;

/** Knows whether what was written so far ends between two frames: only there something may be put in. */
final class FrameEdge {

    private final Framing framing;
    private int last = '\n' << 8 | '\n'; // the last four bytes

    FrameEdge(Framing framing) {
        this.framing = framing;
    }

    void wrote(byte[] bytes, int length) {
        for (int i = Math.max(0, length - 4); i < length; i++) {
            last = last << 8 | (bytes[i] & 0xff);
        }
    }

    boolean between() {
        int two = last & 0xffff;
        return switch (framing) {
            case NDJSON -> (last & 0xff) == '\n';
            case SSE -> two == ('\n' << 8 | '\n') || two == ('\r' << 8 | '\r') || last == 0x0d0a0d0a;
        };
    }
}
