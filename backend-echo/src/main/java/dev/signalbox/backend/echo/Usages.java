package dev.signalbox.backend.echo;

import dev.signalbox.spi.BackendCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Who wants to be told the tokens of a streamed answer. */
final class Usages {

    /** As the router writes it; in a text it would stand with a backslash. */
    private static final String WISH = "{\"include_usage\":true}";

    private Usages() {}

    /** Whether the client asked, or the router on its own behalf: that shows only in the body. */
    static boolean wanted(BackendCall call) {
        return call.request().raw("/stream_options/include_usage").orElse("").equals("true") || bodySaysSo(call);
    }

    private static boolean bodySaysSo(BackendCall call) {
        if (call.body().size() > Said.LONGEST_REQUEST) {
            return false;
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            call.body().writeTo(bytes);
            return bytes.toString(StandardCharsets.UTF_8).contains(WISH);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
