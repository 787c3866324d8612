package dev.signalbox.core.dialect;

/** The request cannot be read, whoever would answer it: the client's fault. */
public final class BadRequest extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /** That code, a stable word, and a message that says where, what was seen and what would be right. */
    BadRequest(String code, String message) {
        this(400, code, message);
    }

    private BadRequest(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** There is more of it than is taken. */
    static BadRequest tooLarge(String message) {
        return new BadRequest(413, "request_too_large", message);
    }

    /** The HTTP status: 400, or 413 if there is too much of it. */
    public int status() {
        return status;
    }

    /** A stable word such as {@code invalid_json}. */
    public String code() {
        return code;
    }

    /** What is wrong, for the client. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
