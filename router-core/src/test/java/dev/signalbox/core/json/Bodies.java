package dev.signalbox.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.api.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads bodies both ways. */
final class Bodies {

    private Bodies() {}

    static String written(Body body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        body.writeTo(out);
        return out.toString(UTF_8);
    }

    static String read(Body body) throws IOException {
        try (InputStream in = body.open()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
