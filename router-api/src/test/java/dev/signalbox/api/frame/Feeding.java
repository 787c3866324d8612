package dev.signalbox.api.frame;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Ways to feed a parser the same bytes. */
final class Feeding {

    private Feeding() {}

    static List<Frame> whole(Framing framing, byte[] bytes) throws FrameTooLarge {
        return inPieces(framing, bytes, Math.max(1, bytes.length));
    }

    static List<Frame> inPieces(Framing framing, byte[] bytes, int size) throws FrameTooLarge {
        List<Frame> frames = new ArrayList<>();
        FrameParser parser = framing.parser();
        for (int at = 0; at < bytes.length; at += size) {
            parser.feed(bytes, at, Math.min(size, bytes.length - at), frames::add);
        }
        parser.end(frames::add);
        return frames;
    }

    /** Pieces of 0 to 6 bytes through one array that is overwritten between the calls. */
    static List<Frame> inRandomPieces(Framing framing, byte[] bytes, RandomGenerator random) throws FrameTooLarge {
        List<Frame> frames = new ArrayList<>();
        FrameParser parser = framing.parser();
        byte[] buffer = new byte[8];
        int at = 0;
        while (at < bytes.length) {
            int count = Math.min(random.nextInt(7), bytes.length - at);
            System.arraycopy(bytes, at, buffer, 1, count);
            parser.feed(buffer, 1, count, frames::add);
            at += count;
        }
        parser.end(frames::add);
        return frames;
    }

    static byte[] joined(List<Frame> frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.forEach(frame -> all.writeBytes(frame.raw()));
        return all.toByteArray();
    }
}
