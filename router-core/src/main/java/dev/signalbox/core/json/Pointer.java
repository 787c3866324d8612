package dev.signalbox.core.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parts of a JSON Pointer (RFC 6901), escapes undone. */
record Pointer(List<String> parts) {

    private static final Pattern BROKEN = Pattern.compile("~(?![01])");

    Pointer {
        parts = List.copyOf(parts);
    }

    /** The pointer of that text; empty if it is malformed. The empty pointer means the whole document. */
    static Optional<Pointer> of(String text) {
        if (text.isEmpty()) {
            return Optional.of(new Pointer(List.of()));
        }
        if (text.charAt(0) != '/') {
            return Optional.empty();
        }
        if (text.indexOf('/', 1) < 0 && text.indexOf('~') < 0) { // by far the most: a top-level member
            return Optional.of(new Pointer(List.of(text.substring(1))));
        }
        if (BROKEN.matcher(text).find()) {
            return Optional.empty();
        }
        return Optional.of(new Pointer(Arrays.stream(text.substring(1).split("/", -1))
                .map(part -> part.replace("~1", "/").replace("~0", "~"))
                .toList()));
    }

    String last() {
        return parts.getLast();
    }

    /** Where a sibling of that name stands. */
    Pointer beside(String name) {
        List<String> siblings = new ArrayList<>(parts);
        siblings.set(siblings.size() - 1, name);
        return new Pointer(siblings);
    }

    /** The text of what is left of it behind that many parts. */
    String below(int depth) {
        StringBuilder text = new StringBuilder();
        for (String part : parts.subList(depth, parts.size())) {
            text.append('/').append(part.replace("~", "~0").replace("/", "~1"));
        }
        return text.toString();
    }
}
