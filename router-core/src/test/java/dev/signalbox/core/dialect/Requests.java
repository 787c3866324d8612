package dev.signalbox.core.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Edit;
import dev.signalbox.api.RouteRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Reads requests from JSON in which apostrophes stand for quotes. */
final class Requests {

    /** As much memory as any of these tests needs. */
    static final Readings READINGS = new Readings(64 << 20, () -> true);

    private Requests() {}

    static ParsedRequest read(Dialect dialect, String json) throws BadRequest, IOException {
        return RequestReader.read(RouteRequest.of(dialect, Body.of(quoted(json))), READINGS);
    }

    static String quoted(String json) {
        return json.replace('\'', '"');
    }

    /** The body with edits made, apostrophes for quotes. */
    static String edited(ParsedRequest request, List<Edit> edits) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        request.edited(edits).writeTo(out);
        return out.toString(UTF_8).replace('"', '\'');
    }
}
