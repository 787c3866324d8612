package dev.signalbox.backend.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The blocks of which some content consists. Texts, which most of them are, are only counted, and so is what comes after very
 * many others: nobody means that.
 *
 * @param count how many there are
 * @param noted those that are no texts, in order
 */
record Blocks(int count, List<Block> noted) {

    static final Blocks NONE = new Blocks(0, List.of());

    private static final int MOST = 10_000;
    private static final String TEXT = "text";

    /**
     * What of a block of content matters to edits.
     *
     * @param place where it stands in its message, as a JSON Pointer
     * @param type what it says it is; empty if it does not say
     * @param signed whether somebody has signed it
     * @param paper what is known of it as a document
     * @param inside the blocks it holds itself, such as those of a tool's result
     */
    record Block(String place, String type, boolean signed, Paper paper, Blocks inside) {

        /** Whether it is a thought that nobody has signed. */
        boolean isUnsigned() {
            return type.equals("thinking") && !signed;
        }

        /** Whether it is a thought that only its maker can read. */
        boolean isLocked() {
            return type.equals("redacted_thinking");
        }

        /** Whether it is a document of nothing but words. */
        boolean isWords() {
            return type.equals("document") && paper.at() >= 0;
        }
    }

    /**
     * A document.
     *
     * @param title what stands above it; empty if nothing does
     * @param at where its text begins in what is read; negative if it is none
     */
    record Paper(String title, long at) {

        static final Paper NONE = new Paper("", -1);
    }

    Blocks {
        noted = List.copyOf(noted);
    }

    /** Goes through an array and reads what stands in it; nothing if it is something else. */
    static Blocks read(JsonParser parser, String place) throws IOException {
        return new Reader(parser).blocks(place);
    }

    /** Reads the blocks of one message. */
    private static final class Reader {

        private final JsonParser parser;
        private int noted;

        Reader(JsonParser parser) {
            this.parser = parser;
        }

        Blocks blocks(String place) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                return NONE;
            }
            List<Block> some = new ArrayList<>(0);
            int count = 0;
            for (; parser.nextToken() != JsonToken.END_ARRAY; count++) {
                Block block = block(place + "/" + count);
                if (!block.type().equals(TEXT) && noted++ < MOST) {
                    some.add(block);
                }
            }
            return new Blocks(count, some);
        }

        private Block block(String place) throws IOException {
            String type = "";
            boolean signed = false;
            String title = "";
            long words = Paper.NONE.at();
            Blocks inside = NONE;
            boolean object = parser.currentToken() == JsonToken.START_OBJECT;
            while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
                switch (name) {
                    case "type" -> type = text ? parser.getText() : "";
                    case "signature" -> signed = text && !parser.getText().isEmpty();
                    case "title" -> title = text ? parser.getText() : "";
                    case "source" -> words = words();
                    case "content" -> inside = blocks(place + "/content");
                    default -> {}
                }
                parser.skipChildren();
            }
            parser.skipChildren(); // of what is no block
            return new Block(place, type, signed, new Paper(title, words), inside);
        }

        /** Goes through a source and says where its text begins. What it is may be said after it, so it is not read yet. */
        private long words() throws IOException {
            boolean plain = false;
            long at = Paper.NONE.at();
            boolean object = parser.currentToken() == JsonToken.START_OBJECT;
            while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
                switch (name) {
                    case "type" -> plain = text && parser.getText().equals("text");
                    case "data" -> at = text ? Messages.place(parser) : Paper.NONE.at();
                    default -> {}
                }
                parser.skipChildren();
            }
            return plain ? at : Paper.NONE.at();
        }
    }

    /** Those of some kind; empty if there are none. */
    List<Block> of(Predicate<Block> kind) {
        return noted.stream().filter(kind).toList();
    }
}
