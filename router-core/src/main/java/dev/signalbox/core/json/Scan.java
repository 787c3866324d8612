package dev.signalbox.core.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.signalbox.api.Body;
import dev.signalbox.core.json.JsonIndex.Kind;
import dev.signalbox.core.json.JsonIndex.Member;
import dev.signalbox.core.json.JsonIndex.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the first pass over a body looks for.
 *
 * @param texts the top-level strings whose text is wanted
 * @param marks names of nested members of which it matters whether they occur, by the top-level member inside which
 */
public record Scan(Set<String> texts, Map<String, Set<String>> marks) {

    /** How many top-level members an object may have. */
    static final int MOST_MEMBERS = 1_024;

    /** What the parser says about itself, not about the text. */
    private static final Pattern PARSER_TALK = Pattern.compile(" \\(start marker at .*|, from `StreamRead[^`]*`");

    public Scan {
        texts = Set.copyOf(texts);
        marks = Map.copyOf(marks);
    }

    /**
     * Reads the whole body once.
     *
     * @throws BadJson if it is not exactly one JSON object in UTF-8 without duplicate top-level members
     */
    public JsonIndex read(Body body) throws BadJson, IOException {
        try (JsonParser parser = Json.parser(new Utf8Input(body.open()))) {
            try {
                return new Pass(parser).object();
            } catch (StreamConstraintsException failure) {
                throw tooMuch(parser, failure);
            } catch (JsonProcessingException failure) {
                throw notJson(parser, failure);
            }
        }
    }

    private static BadJson tooMuch(JsonParser parser, StreamConstraintsException failure) {
        boolean deep = parser.getParsingContext().getNestingDepth() >= Json.DEEPEST;
        return deep
                ? new BadJson(
                        "too_deep",
                        Places.at(parser) + ": nested deeper than the %d levels that are read".formatted(Json.DEEPEST))
                : notJson(parser, failure);
    }

    private static BadJson notJson(JsonParser parser, JsonProcessingException failure) {
        String what = PARSER_TALK.matcher(failure.getOriginalMessage()).replaceAll("");
        return new BadJson("invalid_json", "The body is not JSON: " + Places.at(parser) + ": " + what);
    }

    /** One pass; knows where it stands. */
    private final class Pass {

        private final JsonParser parser;
        private final List<Member> members = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private final Set<String> met = new HashSet<>(0);

        Pass(JsonParser parser) {
            this.parser = parser;
        }

        JsonIndex object() throws IOException {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new BadJson("invalid_json", "The body is empty; a JSON object is expected");
            }
            if (first != JsonToken.START_OBJECT) {
                throw new BadJson(
                        "not_an_object",
                        "The body is %s; a JSON object is expected"
                                .formatted(kind(first).inWords()));
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                members.add(member());
            }
            JsonIndex index = new JsonIndex(members, start(), met);
            if (parser.nextToken() != null) {
                throw new BadJson(
                        "invalid_json", "The body goes on after its JSON object, at " + Places.lineAndColumn(parser));
            }
            return index;
        }

        private Member member() throws IOException {
            String name = parser.currentName();
            if (!names.add(name)) {
                throw new BadJson(
                        "duplicate_member",
                        "%s: the body has two members \"%s\"; one is expected"
                                .formatted(Places.lineAndColumn(parser), name));
            }
            if (names.size() > MOST_MEMBERS) {
                throw new BadJson(
                        "too_many_members", "The body has more than %d top-level members".formatted(MOST_MEMBERS));
            }
            long nameAt = start();
            JsonToken token = parser.nextToken();
            long valueAt = start();
            String text = text(name, token);
            boolean empty = token.isStructStart() && inside(marks.getOrDefault(name, Set.of()));
            return new Member(name, kind(token), nameAt, new Span(valueAt, end(name, token)), text, empty);
        }

        private String text(String name, JsonToken token) throws IOException {
            boolean wanted = token.isNumeric() || (token == JsonToken.VALUE_STRING && texts.contains(name));
            return wanted ? parser.getText() : "";
        }

        private long end(String name, JsonToken token) {
            boolean unread = token == JsonToken.VALUE_STRING && !texts.contains(name);
            return unread ? -1 : parser.currentLocation().getByteOffset();
        }

        /** Goes on to the end of an array or object and says whether it was empty. */
        private boolean inside(Set<String> sought) throws IOException {
            JsonToken token = parser.nextToken();
            boolean empty = token.isStructEnd();
            for (int depth = 1; depth > 0; token = depth > 0 ? parser.nextToken() : token) {
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.FIELD_NAME
                        && !sought.isEmpty()
                        && sought.contains(parser.currentName())) {
                    met.add(parser.currentName());
                }
            }
            return empty;
        }

        private long start() {
            return parser.currentTokenLocation().getByteOffset();
        }
    }

    private static Kind kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> Kind.OBJECT;
            case START_ARRAY -> Kind.ARRAY;
            case VALUE_STRING -> Kind.STRING;
            case VALUE_TRUE -> Kind.TRUE;
            case VALUE_FALSE -> Kind.FALSE;
            case VALUE_NULL -> Kind.NULL;
            default -> Kind.NUMBER;
        };
    }
}
