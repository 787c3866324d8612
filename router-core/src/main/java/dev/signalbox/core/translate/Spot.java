package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A place in a request that is being read: what stands there, and where that is. A member that is not there and one that
 * is {@code null} are the same.
 *
 * @param node what stands there
 * @param pointer a JSON Pointer to it
 */
public record Spot(JsonNode node, String pointer) {

    /** The path of the request itself. */
    static final String WHOLE = "the request";

    private static final int LONGEST_SHOWN = 40;

    /** The request itself. */
    public static Spot root(JsonNode request) {
        return new Spot(request, "");
    }

    /** Whether anything stands there. */
    public boolean there() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** The place of a member. */
    public Spot at(String member) {
        return new Spot(
                node.path(member), pointer + "/" + member.replace("~", "~0").replace("/", "~1"));
    }

    /** The elements of an array; none if nothing is there. */
    public List<Spot> each() throws Malformed {
        if (there() && !node.isArray()) {
            throw wrong("an array");
        }
        List<Spot> all = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            all.add(new Spot(node.get(i), pointer + "/" + i));
        }
        return all;
    }

    /** A string, which has to be there. */
    public String text() throws Malformed {
        if (!node.isTextual()) {
            throw wrong("a string");
        }
        return node.textValue();
    }

    /** A string that may be missing. */
    public Optional<String> maybeText() throws Malformed {
        return there() ? Optional.of(text()) : Optional.empty();
    }

    /** A string that may be missing, and then is empty. */
    public String textOrEmpty() throws Malformed {
        return there() ? text() : "";
    }

    /** One string, or an array of them; none if nothing is there. */
    public List<String> texts() throws Malformed {
        if (node.isTextual()) {
            return List.of(text());
        }
        List<String> texts = new ArrayList<>();
        for (Spot each : each()) {
            texts.add(each.text());
        }
        return texts;
    }

    /** True or false, if it is there. */
    public Optional<Boolean> flag() throws Malformed {
        if (there() && !node.isBoolean()) {
            throw wrong("true or false");
        }
        return there() ? Optional.of(node.booleanValue()) : Optional.empty();
    }

    /** Whether it is true. */
    public boolean isTrue() throws Malformed {
        return flag().orElse(false);
    }

    /** A whole number that is not negative, if it is there. */
    public OptionalLong count() throws Malformed {
        if (!there()) {
            return OptionalLong.empty();
        }
        if (!node.isNumber() || !Counts.isWhole(node) || node.longValue() < 0) {
            throw wrong("a whole number, 0 or more,");
        }
        return OptionalLong.of(node.longValue());
    }

    /** A number as it was written, if it is there. */
    public Optional<JsonNode> number() throws Malformed {
        if (there() && !node.isNumber()) {
            throw wrong("a number");
        }
        return there() ? Optional.of(node) : Optional.empty();
    }

    /** An object, if it is there. */
    public Optional<JsonNode> object() throws Malformed {
        if (there() && !node.isObject()) {
            throw wrong("an object");
        }
        return there() ? Optional.of(node) : Optional.empty();
    }

    /** The same place, which has to be an object. */
    public Spot anObject() throws Malformed {
        if (!node.isObject()) {
            throw wrong("an object");
        }
        return this;
    }

    /** What stands there, with what the model has no word for. */
    public Origin origin(Dialect dialect, Set<String> known) {
        Map<String, JsonNode> rest = new LinkedHashMap<>(0);
        node.properties().forEach(member -> {
            if (!known.contains(member.getKey()) && !member.getValue().isNull()) {
                rest.put(member.getKey(), member.getValue());
            }
        });
        return new Origin(dialect, pointer, rest);
    }

    /** The same, together with what the model has no word for in one of its members. */
    public Origin origin(Dialect dialect, Set<String> known, String member, Set<String> knownInside) {
        Map<String, JsonNode> inside = at(member).origin(dialect, knownInside).rest();
        Origin outside = origin(dialect, known);
        if (inside.isEmpty()) {
            return outside;
        }
        Map<String, JsonNode> rest = new LinkedHashMap<>(outside.rest());
        inside.forEach((name, value) -> rest.put(member + "." + name, value));
        return new Origin(dialect, pointer, rest);
    }

    /** That what stands here is not what is expected. */
    public Malformed wrong(String expected) {
        return new Malformed(path(), "it is %s; %s is expected".formatted(seen(), expected));
    }

    /** That the request has something to say of this place. */
    public Malformed says(String message) {
        return new Malformed(path(), message);
    }

    private String seen() {
        return switch (node.getNodeType()) {
            case MISSING -> "missing";
            case STRING -> shown();
            case ARRAY, OBJECT -> "an " + node.getNodeType().name().toLowerCase(Locale.ROOT);
            case NULL, BOOLEAN, NUMBER -> shown();
            default -> "something else";
        };
    }

    private String shown() {
        String value = node.asText();
        return value.length() > LONGEST_SHOWN
                ? "a %s of %,d characters".formatted(node.isTextual() ? "string" : "number", value.length())
                : node.toString();
    }

    /** Where it is, as people write it: {@code messages[3].content[0].type}. */
    public String path() {
        StringBuilder path = new StringBuilder();
        for (String step :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            boolean index = !step.isEmpty() && step.chars().allMatch(each -> each >= '0' && each <= '9');
            if (index) {
                path.append('[').append(step).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".")
                        .append(step.replace("~1", "/").replace("~0", "~"));
            }
        }
        return path.isEmpty() ? WHOLE : path.toString();
    }
}
