package dev.signalbox.core.json;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parts of a JSON Pointer (RFC 6901), escapes undone. */
record Pointer(List<String> parts) {

    private static final Pattern INDEX = Pattern.compile("-|0|[1-9][0-9]{0,8}");
    private static final Pattern BROKEN = Pattern.compile("~(?![01])");

    Pointer {
        parts = List.copyOf(parts);
    }

    /** The pointer of that text; empty if it is malformed. The empty pointer means the whole document. */
    static Optional<Pointer> of(String text) {
        if (text.isEmpty()) {
            return Optional.of(new Pointer(List.of()));
        }
        if (text.charAt(0) != '/' || BROKEN.matcher(text).find()) {
            return Optional.empty();
        }
        return Optional.of(new Pointer(Arrays.stream(text.substring(1).split("/", -1))
                .map(part -> part.replace("~1", "/").replace("~0", "~"))
                .toList()));
    }

    String last() {
        return parts.getLast();
    }

    /** Whether the last part could be an element of an array, so that taking it out or in may move its neighbours. */
    boolean mayBeElement() {
        return INDEX.matcher(last()).matches();
    }

    /** Whether the other one points to the same place or below it. */
    boolean contains(Pointer other) {
        return isBelow(parts, other);
    }

    /** Whether the other one points somewhere below the array or object that holds this one. */
    boolean sharesHolderWith(Pointer other) {
        return isBelow(parts.subList(0, parts.size() - 1), other);
    }

    private static boolean isBelow(List<String> parts, Pointer other) {
        return parts.size() <= other.parts.size() && parts.equals(other.parts.subList(0, parts.size()));
    }
}
