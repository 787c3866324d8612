package dev.signalbox.core.dialect;

import java.util.Optional;

/** The request cannot be read, whoever would answer it: the client's fault. */
public final class BadRequest extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String place;

    /** That code, a stable word, and a message that says where, what was seen and what would be right. */
    BadRequest(String code, String message) {
        this(400, code, "", message);
    }

    private BadRequest(int status, String code, String place, String message) {
        super(message);
        this.status = status;
        this.code = code;
        this.place = place;
    }

    /** There is more of it than is taken. */
    static BadRequest tooLarge(String message) {
        return new BadRequest(413, "request_too_large", "", message);
    }

    /** A member has a value that means nothing. */
    static BadRequest member(String name, String what) {
        return new BadRequest(400, "invalid_" + name, name, name + ": " + what);
    }

    /** The same request, refused because of what stands at that place. */
    BadRequest at(Optional<String> where) {
        return new BadRequest(status, code, where.orElse(""), message());
    }

    /** The HTTP status: 400, or 413 if there is too much of it. */
    public int status() {
        return status;
    }

    /** A stable word such as {@code invalid_json}. */
    public String code() {
        return code;
    }

    /** Which member is wrong, such as {@code messages[3].content[0].type}; empty if it is none of them alone. */
    public Optional<String> place() {
        return Optional.of(place).filter(where -> !where.isEmpty());
    }

    /** What is wrong, for the client. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
