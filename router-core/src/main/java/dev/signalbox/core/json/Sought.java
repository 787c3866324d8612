package dev.signalbox.core.json;

import dev.signalbox.core.json.JsonIndex.Span;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A place that pointers lead to or through, what was found there, and what edits make of it. One thread uses it. */
final class Sought {

    /**
     * Where a member or element stands among its siblings.
     *
     * @param ordinal how many siblings stand before it
     * @param start where it begins, with its name if it has one
     * @param value where its value stands
     * @param before the value of the sibling before it, if there is one
     */
    record Place(int ordinal, long start, Span value, Optional<Span> before) {}

    /**
     * An array or object and where it ends.
     *
     * @param close the offset of its closing bracket
     */
    record Box(boolean array, int count, long close) {}

    private final LinkedHashMap<String, Sought> children = new LinkedHashMap<>();
    private final Fate fate = new Fate();
    private Optional<Place> place = Optional.empty();
    private Optional<Box> box = Optional.empty();
    private long next = -1;

    /** The node that the pointer leads to, made if it is not there yet. */
    Sought at(Pointer pointer) {
        Sought node = this;
        for (String part : pointer.parts()) {
            node = node.children.computeIfAbsent(part, name -> new Sought());
        }
        return node;
    }

    Optional<Sought> child(String name) {
        return Optional.ofNullable(children.get(name));
    }

    Collection<Map.Entry<String, Sought>> children() {
        return children.entrySet();
    }

    /** Makes that child the last one: new members stand in the order in which they are put in. */
    void last(String name, Sought child) {
        children.putLast(name, child);
    }

    /** Whether it stands there after the edits made up to now. */
    boolean isThere() {
        return fate.value().isPresent() || (place.isPresent() && !fate.gone());
    }

    /** Whether one of its sought members goes by that name after the edits made up to now. */
    boolean has(String name) {
        for (Map.Entry<String, Sought> child : children.entrySet()) {
            Sought member = child.getValue();
            if (member.isThere() && member.fate.name().orElse(child.getKey()).equals(name)) {
                return true;
            }
        }
        return false;
    }

    boolean leadsOn() {
        return !children.isEmpty();
    }

    /** Whether every sought place is a top-level member. */
    boolean isShallow() {
        for (Sought child : children.values()) {
            if (child.leadsOn()) {
                return false;
            }
        }
        return true;
    }

    Fate fate() {
        return fate;
    }

    void found(Place where) {
        place = Optional.of(where);
    }

    Optional<Place> place() {
        return place;
    }

    void holds(Box what) {
        box = Optional.of(what);
    }

    Optional<Box> box() {
        return box;
    }

    void nextStartsAt(long start) {
        next = start;
    }

    /** Where the sibling after it begins; negative if it is the last one. */
    long next() {
        return next;
    }

    /** Forgets what was found here and below: of several members of one name the last one counts, as for most readers. */
    void forget() {
        place = Optional.empty();
        box = Optional.empty();
        next = -1;
        children.values().forEach(Sought::forget);
    }

    /** Fills a shallow tree from what the first pass over the body has found. */
    void fill(JsonIndex index) {
        List<JsonIndex.Member> members = index.members();
        holds(new Box(false, members.size(), index.close()));
        for (int i = 0; i < members.size(); i++) {
            Sought child = children.get(members.get(i).name());
            if (child != null) {
                JsonIndex.Member member = members.get(i);
                Optional<Span> before = i == 0
                        ? Optional.empty()
                        : Optional.of(members.get(i - 1).value());
                child.found(new Place(i, member.nameAt(), member.value(), before));
                child.nextStartsAt(i + 1 < members.size() ? members.get(i + 1).nameAt() : -1);
            }
        }
    }
}
