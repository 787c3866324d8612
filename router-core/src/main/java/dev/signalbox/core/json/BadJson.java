package dev.signalbox.core.json;

import java.io.IOException;

/** The text is not the JSON it should be. Its message says where, what was seen and what would be right. */
public final class BadJson extends IOException {

    private static final long serialVersionUID = 1L;

    private final String code;

    BadJson(String code, String message) {
        super(message);
        this.code = code;
    }

    /** A stable word for what is wrong: {@code invalid_json}, {@code invalid_utf8}, {@code duplicate_member} … */
    public String code() {
        return code;
    }
}
