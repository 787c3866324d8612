package dev.signalbox.core.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What edits have made of a place up to now. One thread uses it. */
final class Fate {

    private final List<String> before = new ArrayList<>();
    private final List<String> appended = new ArrayList<>();
    private Optional<String> value = Optional.empty();
    private Optional<String> name = Optional.empty();
    private boolean gone;

    /** Gives the place a value that was not in the body. */
    void become(String json) {
        value = Optional.of(json);
        gone = false;
    }

    void go() {
        value = Optional.empty();
        name = Optional.empty();
        gone = true;
    }

    /** Its new value, if it has one. */
    Optional<String> value() {
        return value;
    }

    /** Gives the member another name. */
    void called(String other) {
        name = Optional.of(other);
    }

    /** Its new name, if it has one. */
    Optional<String> name() {
        return name;
    }

    boolean gone() {
        return gone;
    }

    /** Elements that come to stand before this one, in their order. */
    List<String> before() {
        return before;
    }

    /** What comes to stand at the end of this array or object, in its order. */
    List<String> appended() {
        return appended;
    }
}
