package dev.signalbox.backend.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/**
 * What of a message matters to edits. Messages are read one after the other, and nothing else of them is held: as a tree
 * they would take many times their size.
 *
 * @param developer whether the developer speaks
 * @param empty whether its content is {@code null}
 * @param calls whether it calls tools
 * @param reasoning whether it has what the model thought beside its content
 * @param blocks of how many blocks its content consists
 * @param unsigned which of them are thoughts that nobody has signed
 */
record Glance(boolean developer, boolean empty, boolean calls, boolean reasoning, int blocks, List<Integer> unsigned) {

    Glance {
        unsigned = List.copyOf(unsigned);
    }

    /** An image is a long string. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Takes all messages of an array with their places; none if it is something else. */
    static void at(String messages, ObjIntConsumer<Glance> each) throws IOException {
        try (JsonParser parser = JSON.createParser(messages)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return;
            }
            for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
                each.accept(next(parser), index);
            }
        }
    }

    private static Glance next(JsonParser parser) throws IOException {
        boolean developer = false;
        boolean empty = false;
        boolean calls = false;
        boolean reasoning = false;
        int blocks = 0;
        List<Integer> unsigned = new ArrayList<>(0);
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "role" ->
                    developer =
                            value == JsonToken.VALUE_STRING && parser.getText().equals("developer");
                case "content" -> {
                    empty = value == JsonToken.VALUE_NULL;
                    blocks = blocks(parser, unsigned);
                }
                case "reasoning_content" -> reasoning = true;
                case "tool_calls" -> calls = filled(parser);
                default -> {}
            }
            parser.skipChildren();
        }
        parser.skipChildren(); // of an array in place of a message
        return new Glance(developer, empty, calls, reasoning, blocks, unsigned);
    }

    /** Goes through an array and tells whether something is in it. */
    private static boolean filled(JsonParser parser) throws IOException {
        boolean array = parser.currentToken() == JsonToken.START_ARRAY;
        int elements = 0;
        while (array && parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            elements++;
        }
        return elements > 0;
    }

    /** Goes through content that is an array, and tells of how many blocks it consists. */
    private static int blocks(JsonParser parser, List<Integer> unsigned) throws IOException {
        boolean array = parser.currentToken() == JsonToken.START_ARRAY;
        int blocks = 0;
        while (array && parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT && isUnsigned(parser)) {
                unsigned.add(blocks);
            }
            parser.skipChildren(); // of what is no block
            blocks++;
        }
        return blocks;
    }

    private static boolean isUnsigned(JsonParser parser) throws IOException {
        boolean thought = false;
        boolean signed = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
            switch (name) {
                case "type" -> thought = text && parser.getText().equals("thinking");
                case "signature" -> signed = text && !parser.getText().isEmpty();
                default -> {}
            }
            parser.skipChildren();
        }
        return thought && !signed;
    }
}
