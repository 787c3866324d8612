package dev.signalbox.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A piece of configuration as it was written, before anything knows what it means. Immutable. */
public sealed interface ConfigNode {

    /** Where it stands. */
    Where where();

    /**
     * A scalar. Nothing is interpreted: {@code off}, {@code 010} and {@code 1e3} are what was written.
     *
     * @param value what it means
     * @param written what the file says, {@code ${NAME}} where the value came from outside; messages show this, so that
     *     what the environment holds is never told
     */
    record Text(Where where, String value, String written) implements ConfigNode {

        /** A scalar that means what was written. */
        public Text(Where where, String value) {
            this(where, value, value);
        }

        /** What was written. */
        @Override
        public String toString() {
            return written;
        }
    }

    /** A list. */
    record Sequence(Where where, List<ConfigNode> items) implements ConfigNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Members by name, in their order; {@code null} members are left out as if they were not written. */
    record Table(Where where, SequencedMap<String, ConfigNode> members) implements ConfigNode {
        public Table {
            members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
        }

        /** A table without members. */
        public static Table empty(Where where) {
            return new Table(where, new LinkedHashMap<>());
        }

        /** A table of scalars. */
        public static Table of(Where where, Map<String, String> values) {
            SequencedMap<String, ConfigNode> members = new LinkedHashMap<>();
            values.forEach((key, value) -> members.put(key, new Text(where.child(key), value)));
            return new Table(where, members);
        }
    }

    /** What it is, for a message: {@code a list}, {@code a table} or the quoted scalar, shortened, without user info. */
    default String seen() {
        return switch (this) {
            case Text text -> Shown.quoted(text.written());
            case Sequence ignored -> "a list";
            case Table ignored -> "a table";
        };
    }
}
