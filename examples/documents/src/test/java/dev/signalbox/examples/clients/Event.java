package dev.signalbox.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the events of a stream.
 *
 * @param name empty if it has none
 * @param data what it says
 */
record Event(String name, String data) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All of a stream, which has to be whole; comments are passed over. */
    static List<Event> of(String stream) {
        assertThat(stream).endsWith("\n\n");
        List<Event> events = new ArrayList<>();
        for (String block : stream.split("\n\n")) {
            String name = "";
            String data = "";
            for (String line : block.split("\n")) {
                if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    data += line.substring("data: ".length());
                } else {
                    assertThat(line).startsWith(":");
                }
            }
            if (!data.isEmpty()) {
                events.add(new Event(name, data));
            }
        }
        return events;
    }

    JsonNode json() {
        return json(data);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }
}
