package dev.signalbox.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.signalbox.api.Body;
import dev.signalbox.core.json.JsonIndex.Span;
import java.io.IOException;
import java.util.Optional;

/** One pass over a body that finds what is sought. Goes into an array or object only if a pointer leads there. */
final class Walk {

    private final JsonParser parser;

    private Walk(JsonParser parser) {
        this.parser = parser;
    }

    static void through(Body body, Sought root) throws IOException {
        try (JsonParser parser = Json.parser(body.open())) {
            if (parser.nextToken() != null) {
                new Walk(parser).value(root);
            }
        }
    }

    private Span value(Sought node) throws IOException {
        long start = offset();
        JsonToken token = parser.currentToken();
        if (token.isStructStart() && node.leadsOn()) {
            inside(node, token == JsonToken.START_ARRAY);
        } else {
            parser.skipChildren();
        }
        return span(start);
    }

    private Span skipped() throws IOException {
        long start = offset();
        parser.skipChildren();
        return span(start);
    }

    /** A string is left unread: it may be an image of many megabytes. Where it ends is looked up if somebody asks. */
    private Span span(long start) {
        boolean unread = parser.currentToken() == JsonToken.VALUE_STRING;
        return new Span(start, unread ? -1 : parser.currentLocation().getByteOffset());
    }

    private void inside(Sought node, boolean array) throws IOException {
        int count = 0;
        Optional<Span> before = Optional.empty();
        Optional<Sought> waiting = Optional.empty();
        while (!parser.nextToken().isStructEnd()) {
            long start = offset();
            waiting.ifPresent(sibling -> sibling.nextStartsAt(start));
            String name = array ? Integer.toString(count) : parser.currentName();
            if (!array) {
                parser.nextToken();
            }
            waiting = node.child(name);
            Span value;
            if (waiting.isPresent()) {
                Sought child = waiting.get();
                child.forget();
                value = value(child);
                child.found(new Sought.Place(count, start, value, before));
            } else {
                value = skipped();
            }
            before = Optional.of(value);
            count++;
        }
        node.holds(new Sought.Box(array, count, offset()));
    }

    private long offset() {
        return parser.currentTokenLocation().getByteOffset();
    }
}
