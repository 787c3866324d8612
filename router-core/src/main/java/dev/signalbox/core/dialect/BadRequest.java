package dev.signalbox.core.dialect;

/** The request cannot be read, whoever would answer it: the client's 400. */
public final class BadRequest extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;

    /** That code, a stable word, and a message that says where, what was seen and what would be right. */
    BadRequest(String code, String message) {
        super(message);
        this.code = code;
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
