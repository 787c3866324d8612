package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.core.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What may follow what in a stream of a dialect. The first frame that breaks a rule fails the test and says which one. */
abstract class Rules {

    private int at; // the frame that is looked at

    /** Reads a whole stream as a strict client of that dialect does. */
    static void check(List<Frame> stream, Dialect dialect) {
        Rules rules = of(dialect);
        for (Frame frame : stream) {
            rules.take(frame);
            rules.at++;
        }
        rules.end();
    }

    private static Rules of(Dialect dialect) {
        if (dialect.equals(Dialect.OPENAI_RESPONSES)) {
            return new ResponsesRules();
        }
        if (dialect.equals(Dialect.ANTHROPIC_MESSAGES)) {
            return new AnthropicRules();
        }
        return dialect.equals(Dialect.OPENAI_CHAT) ? new OpenAiRules() : new OllamaRules(dialect);
    }

    /** The next frame. */
    abstract void take(Frame frame);

    /** There are no more. */
    abstract void end();

    /** The object in a frame. */
    final JsonNode object(Frame frame) {
        try {
            JsonNode read = Json.exact(frame.data());
            rule(read.isObject(), "it is no object", read);
            return read;
        } catch (IOException notJson) {
            throw broken("it is no JSON", frame.text());
        }
    }

    /** The object in a frame that has a name, which its object has for a type. */
    final JsonNode event(Frame frame) {
        JsonNode event = object(frame);
        rule(frame.event().equals(Optional.of(type(event))), "its name is not its type", frame.text());
        return event;
    }

    static String type(JsonNode node) {
        return node.path("type").asText("");
    }

    /** Fails unless it is kept. */
    final void rule(boolean kept, String otherwise, Object seen) {
        if (!kept) {
            throw broken(otherwise, seen);
        }
    }

    private AssertionError broken(String rule, Object seen) {
        return new AssertionError("frame %d: %s: %s".formatted(at, rule, seen));
    }
}
