package dev.signalbox.server.ingress;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Framing;
import java.io.IOException;

/**
 * Whether a client asked for frames, and of which model. Read only when an answer is late, so the requests that are
 * answered at once do not pay for it.
 *
 * @param streamed whether it asked for frames
 * @param model what it wrote in {@code model}; empty if nothing
 */
record StreamWish(boolean streamed, String model) {

    private static final JsonFactory JSON = new JsonFactory();

    static StreamWish of(Dialect dialect, Body body) {
        // the Ollama API streams unless it is told not to
        StreamWish wish = new StreamWish(dialect.framing() == Framing.NDJSON, "");
        try (JsonParser parser = JSON.createParser(body.open())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                wish = wish.after(parser.currentName(), parser);
            }
            return wish;
        } catch (IOException | RuntimeException unreadable) { // the router says so better
            return new StreamWish(false, "");
        }
    }

    private StreamWish after(String name, JsonParser parser) throws IOException {
        JsonToken value = parser.nextToken();
        if (name.equals("stream") && value.isBoolean()) {
            return new StreamWish(value == JsonToken.VALUE_TRUE, model);
        }
        if (name.equals("model") && value == JsonToken.VALUE_STRING) {
            return new StreamWish(streamed, parser.getText());
        }
        parser.skipChildren();
        return this;
    }
}
