package dev.signalbox.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signalbox.api.Body;
import dev.signalbox.core.json.JsonIndex.Span;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads the JSON text at one place of a body, as it was written. Safe for any thread. */
public final class Excerpt {

    private Excerpt() {}

    /** The bytes at a JSON Pointer; empty if the pointer is malformed or nothing is there. */
    public static Optional<byte[]> at(Body body, JsonIndex index, String pointer) throws IOException {
        Optional<Span> span = span(body, index, pointer);
        return span.isPresent() ? Optional.of(bytes(body, span.get())) : Optional.empty();
    }

    /** The same as a stream, which the caller closes. */
    public static Optional<InputStream> open(Body body, JsonIndex index, String pointer) throws IOException {
        Optional<Span> span = span(body, index, pointer);
        return span.isPresent() ? Optional.of(open(body, span.get())) : Optional.empty();
    }

    private static Optional<Span> span(Body body, JsonIndex index, String pointer) throws IOException {
        Optional<Pointer> place = Pointer.of(pointer);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        Sought root = new Sought();
        Sought node = root.at(place.get());
        if (node == root) {
            return Optional.of(new Span(0, body.size()));
        }
        if (root.isShallow()) {
            root.fill(index);
        } else {
            Walk.through(body, root);
        }
        return node.place().map(Sought.Place::value);
    }

    /** The top-level member of that name as a tree; a missing node if it is not there. */
    public static JsonNode member(Body body, JsonIndex index, String name) throws IOException {
        Optional<JsonIndex.Member> member = index.member(name);
        return member.isPresent() ? Json.tree(bytes(body, member.get().value())) : MissingNode.getInstance();
    }

    private static byte[] bytes(Body body, Span span) throws IOException {
        long end = StringEnd.of(body, span);
        try (InputStream in = body.open()) {
            in.skipNBytes(span.start());
            return in.readNBytes(Math.toIntExact(end - span.start()));
        }
    }

    private static InputStream open(Body body, Span span) throws IOException {
        long end = StringEnd.of(body, span);
        InputStream in = body.open();
        try {
            in.skipNBytes(span.start());
        } catch (IOException failed) {
            in.close();
            throw failed;
        }
        return new FirstBytes(in, end - span.start());
    }
}
