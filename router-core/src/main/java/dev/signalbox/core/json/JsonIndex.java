package dev.signalbox.core.json;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the top-level members of one JSON object stand, found in a single pass that reads every byte.
 *
 * @param members the members in order; no two have the same name
 * @param close the offset of the object's closing brace
 * @param marks which of the {@linkplain Scan#marks marks} were met
 */
public record JsonIndex(List<Member> members, long close, Set<String> marks) {

    /** The kinds of JSON values. */
    public enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL;

        /** With its article, as in messages. */
        public String inWords() {
            return switch (this) {
                case OBJECT -> "an object";
                case ARRAY -> "an array";
                case STRING -> "a string";
                case NUMBER -> "a number";
                case TRUE -> "true";
                case FALSE -> "false";
                case NULL -> "null";
            };
        }
    }

    /**
     * One member.
     *
     * @param name its name, escapes undone
     * @param kind what its value is
     * @param nameAt the offset of its name's opening quote
     * @param value where its value stands
     * @param text the value of a string that was asked for or of a number; empty otherwise
     * @param empty whether it is an array or object with nothing in it
     */
    public record Member(String name, Kind kind, long nameAt, Span value, String text, boolean empty) {

        private boolean filled() {
            return (kind == Kind.ARRAY || kind == Kind.OBJECT) && !empty;
        }
    }

    /**
     * A range of bytes.
     *
     * @param end the offset after the last byte; negative if it is not known because a long string was not read
     */
    public record Span(long start, long end) {

        boolean open() {
            return end < 0;
        }
    }

    public JsonIndex {
        members = List.copyOf(members);
        marks = Set.copyOf(marks);
    }

    /** Whether one of these marks was met. */
    public boolean marked(Set<String> some) {
        return !marks.isEmpty() && !Collections.disjoint(marks, some);
    }

    /** The member of that name. By index: an iterator of the JDK's lists is slow where it meets many kinds of lists. */
    public Optional<Member> member(String name) {
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (member.name().equals(name)) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    /** The member of that name unless its value is {@code null}. */
    public Optional<Member> present(String name) {
        return member(name).filter(member -> member.kind() != Kind.NULL);
    }

    /** Whether the member of that name is {@code true}. */
    public boolean isTrue(String name) {
        return member(name).filter(member -> member.kind() == Kind.TRUE).isPresent();
    }

    /** Whether the member of that name is an array or object with something in it. */
    public boolean filled(String name) {
        return member(name).filter(Member::filled).isPresent();
    }

    /** The text of the string or number of that name; empty if it is not there or was not asked for. */
    public String text(String name) {
        return member(name).map(Member::text).orElse("");
    }
}
