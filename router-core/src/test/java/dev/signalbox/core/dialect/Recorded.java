package dev.signalbox.core.dialect;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.api.frame.FrameReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replies as model servers sent them, shortened. */
final class Recorded {

    private Recorded() {}

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = Recorded.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    static List<Frame> frames(String name, Dialect dialect) throws IOException {
        try (FrameReader reader = new FrameReader(Recorded.class.getResourceAsStream(name), dialect.framing())) {
            List<Frame> frames = new ArrayList<>();
            for (Optional<Frame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                frames.add(frame.get());
            }
            return frames;
        }
    }
}
