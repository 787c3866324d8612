package dev.signalbox.testkit;

import dev.signalbox.api.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** As much of JSON as scripted servers need: a tree that knows the text it was read from, and text from values. */
sealed interface Json {

    /** The text it was read from. */
    String raw();

    record Members(String raw, SequencedMap<String, Json> values) implements Json {}

    record Items(String raw, List<Json> values) implements Json {}

    record Text(String raw, String value) implements Json {}

    /** A number, {@code true}, {@code false} or {@code null}. */
    record Literal(String raw) implements Json {}

    /** JSON text that is to be written as it is. */
    record Verbatim(String json) {
        @Override
        public String toString() {
            return json;
        }
    }

    Verbatim NULL = new Verbatim("null");

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException if it is not one JSON document
     */
    static Json read(String text) {
        return new JsonReader(text).document();
    }

    /** What stands at a JSON Pointer. */
    default Optional<Json> at(String pointer) {
        Optional<Json> here = Optional.of(this);
        for (String step : pointer.isEmpty()
                ? List.<String>of()
                : List.of(pointer.substring(1).split("/", -1))) {
            String name = step.replace("~1", "/").replace("~0", "~");
            here = here.flatMap(json -> json.child(name));
        }
        return here;
    }

    private Optional<Json> child(String name) {
        return switch (this) {
            case Members members -> Optional.ofNullable(members.values.get(name));
            case Items items ->
                items.values.stream()
                        .skip(name.matches("\\d{1,9}") ? Integer.parseInt(name) : items.values.size())
                        .findFirst();
            case Text text -> Optional.empty();
            case Literal literal -> Optional.empty();
        };
    }

    /** The text at a pointer; empty if something else or nothing stands there. */
    default String text(String pointer) {
        return at(pointer)
                .filter(Text.class::isInstance)
                .map(json -> ((Text) json).value)
                .orElse("");
    }

    /** Whether {@code true} stands at a pointer, or nothing and that is what nothing means. */
    default boolean flag(String pointer, boolean otherwise) {
        return at(pointer).map(json -> json.raw().equals("true")).orElse(otherwise);
    }

    /** The elements of the array at a pointer; none if something else stands there. */
    default List<Json> items(String pointer) {
        return at(pointer)
                .filter(Items.class::isInstance)
                .map(json -> ((Items) json).values)
                .orElse(List.of());
    }

    /** Name, value, name, value and so on. A value is text, a number, a flag, {@link Verbatim}, or a list of such. */
    static Verbatim object(Object... namesAndValues) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.add(JsonText.quote(namesAndValues[i].toString()) + ":" + write(namesAndValues[i + 1]));
        }
        return new Verbatim("{" + String.join(",", members) + "}");
    }

    /** An array of such values. */
    static Verbatim array(Object... values) {
        return new Verbatim(Stream.of(values).map(Json::write).collect(Collectors.joining(",", "[", "]")));
    }

    /** The members of one object and then those of another. */
    static Verbatim joined(Verbatim first, Verbatim second) {
        String left = first.json.substring(0, first.json.length() - 1);
        String right = second.json.substring(1);
        boolean empty = left.equals("{") || right.equals("}");
        return new Verbatim(left + (empty ? "" : ",") + right);
    }

    private static String write(Object value) {
        return switch (value) {
            case String text -> JsonText.quote(text);
            case Verbatim json -> json.json;
            case List<?> list -> array(list.toArray()).json;
            case Map<?, ?> map ->
                object(map.entrySet().stream()
                                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                                .toArray())
                        .json;
            default -> value.toString();
        };
    }
}
