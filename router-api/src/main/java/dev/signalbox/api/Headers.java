package dev.signalbox.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Header lines in their order. Names compare without case; a name may stand more than once. Immutable. */
public final class Headers implements Iterable<Map.Entry<String, String>> {

    private static final Headers NONE = new Headers(List.of());

    private final List<Map.Entry<String, String>> lines;

    private Headers(List<Map.Entry<String, String>> lines) {
        this.lines = lines;
    }

    /** No header at all. */
    public static Headers none() {
        return NONE;
    }

    /** Name, value, name, value and so on. */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "a header without a value: " + namesAndValues[namesAndValues.length - 1]);
        }
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            lines.add(line(namesAndValues[i], namesAndValues[i + 1]));
        }
        return of(lines);
    }

    /** These lines in this order. */
    public static Headers of(Collection<Map.Entry<String, String>> lines) {
        return lines.isEmpty() ? NONE : new Headers(List.copyOf(lines));
    }

    /** The first value of that name. */
    public Optional<String> first(String name) {
        for (Map.Entry<String, String> line : lines) {
            if (line.getKey().equalsIgnoreCase(name)) {
                return Optional.of(line.getValue());
            }
        }
        return Optional.empty();
    }

    /** All values of that name, in order. */
    public List<String> all(String name) {
        List<String> values = List.of();
        for (Map.Entry<String, String> line : lines) {
            if (line.getKey().equalsIgnoreCase(name)) {
                values = values.isEmpty() ? List.of(line.getValue()) : joined(values, line.getValue());
            }
        }
        return values;
    }

    /** These headers with every line of that name replaced by one. */
    public Headers with(String name, String value) {
        List<Map.Entry<String, String>> changed = linesWithout(name);
        changed.add(line(name, value));
        return of(changed);
    }

    /** These headers and one more line, beside any of the same name. */
    public Headers and(String name, String value) {
        List<Map.Entry<String, String>> changed = new ArrayList<>(lines);
        changed.add(line(name, value));
        return of(changed);
    }

    /** These headers without any line of that name. */
    public Headers without(String name) {
        return of(linesWithout(name));
    }

    /** Whether there is no line. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        return lines.iterator();
    }

    /** The names only: a value may be a secret. */
    @Override
    public String toString() {
        return lines.stream()
                .map(line -> line.getKey().toLowerCase(Locale.ROOT))
                .toList()
                .toString();
    }

    private static List<String> joined(List<String> values, String more) {
        List<String> all = new ArrayList<>(values);
        all.add(more);
        return List.copyOf(all);
    }

    private List<Map.Entry<String, String>> linesWithout(String name) {
        List<Map.Entry<String, String>> kept = new ArrayList<>(lines);
        kept.removeIf(line -> line.getKey().equalsIgnoreCase(name));
        return kept;
    }

    private static Map.Entry<String, String> line(String name, String value) {
        if (name.isEmpty() || hasControl(name) || hasControl(value)) {
            throw new IllegalArgumentException("not a header line, its name is \"%s\"".formatted(name.strip()));
        }
        return Map.entry(name, value);
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                return true;
            }
        }
        return false;
    }
}
