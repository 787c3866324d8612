package dev.signalbox.backend.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.function.ObjIntConsumer;

/**
 * What of a message matters to edits. Messages are read one after the other, and nothing else of them is held: as a tree
 * they would take many times their size.
 *
 * @param developer whether the developer speaks
 * @param empty whether its content is {@code null}
 * @param calls whether it calls tools
 * @param thought what the model thought, beside its content
 * @param blocks of which blocks its content consists
 */
record Glance(boolean developer, boolean empty, boolean calls, Thought thought, Blocks blocks) {

    /**
     * What a message has in {@code reasoning_content}.
     *
     * @param there whether it has that
     * @param said whether there is a text in it
     * @param newer whether it has {@code reasoning} too, which is the same by a newer name
     * @param twice whether something is said by that name
     */
    record Thought(boolean there, boolean said, boolean newer, boolean twice) {

        static final Thought NONE = new Thought(false, false, false, false);

        Thought older(JsonParser value) throws IOException {
            return new Thought(true, says(value), newer, twice);
        }

        Thought newer(JsonParser value) throws IOException {
            return new Thought(there, said, true, says(value));
        }

        private static boolean says(JsonParser value) throws IOException {
            return value.currentToken() == JsonToken.VALUE_STRING && value.getTextLength() > 0;
        }
    }

    /** Takes all messages of an array with their places; none if it is something else. */
    static void at(JsonParser messages, ObjIntConsumer<Glance> each) throws IOException {
        if (messages.nextToken() != JsonToken.START_ARRAY) {
            return;
        }
        for (int index = 0; messages.nextToken() != JsonToken.END_ARRAY; index++) {
            each.accept(next(messages), index);
        }
    }

    private static Glance next(JsonParser parser) throws IOException {
        boolean developer = false;
        boolean empty = false;
        boolean calls = false;
        Thought thought = Thought.NONE;
        Blocks blocks = Blocks.NONE;
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
                    blocks = Blocks.read(parser, "/content");
                }
                case "reasoning_content" -> thought = thought.older(parser);
                case "reasoning" -> thought = thought.newer(parser);
                case "tool_calls" -> calls = filled(parser);
                default -> {}
            }
            parser.skipChildren();
        }
        parser.skipChildren(); // of an array in place of a message
        return new Glance(developer, empty, calls, thought, blocks);
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
}
