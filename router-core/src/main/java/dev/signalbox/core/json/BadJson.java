package dev.signalbox.core.json;

import java.io.IOException;
import java.util.Optional;

/** The text is not the JSON it should be. Its message says where, what was seen and what would be right. */
public final class BadJson extends IOException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String place;

    BadJson(String code, String message) {
        this(code, "", message);
    }

    /** At that place, as people read it. */
    BadJson(String code, String place, String message) {
        super(message);
        this.code = code;
        this.place = place;
    }

    /** Which value is wrong, such as {@code tools[0].name}; empty if it is the text. */
    public Optional<String> place() {
        return Optional.of(place).filter(where -> !where.isEmpty());
    }

    /** A stable word for what is wrong: {@code invalid_json}, {@code invalid_utf8}, {@code duplicate_member} … */
    public String code() {
        return code;
    }
}
