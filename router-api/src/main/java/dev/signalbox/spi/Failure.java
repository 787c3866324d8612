package dev.signalbox.spi;

import dev.signalbox.api.FailureKind;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What went wrong with an attempt, as the backend understands it.
 *
 * @param kind decides what happens next
 * @param status the upstream's HTTP status; 0 if there was none
 * @param code a stable word of the upstream, such as {@code context_length_exceeded}; empty if it gave none,
 *     or one that is too long for a word
 * @param message what the upstream said, without envelopes and secrets, at most 1,000 characters
 * @param retryAfter when the upstream wants to be asked again
 * @param param which member of the request it is about, as the client wrote that, such as
 *     {@code messages[3].content[0].type}; empty if it is about none, or one that is too long to tell
 */
public record Failure(
        FailureKind kind,
        int status,
        String code,
        String message,
        Optional<Duration> retryAfter,
        Optional<String> param) {

    private static final int LONGEST = 1_000;
    private static final int LONGEST_CODE = 200;

    public Failure {
        code = code.length() <= LONGEST_CODE ? code : "";
        param = param.filter(path -> path.length() <= LONGEST_CODE);
        message = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
    }

    /** A failure that is about no member of the request. */
    public Failure(FailureKind kind, int status, String code, String message, Optional<Duration> retryAfter) {
        this(kind, status, code, message, retryAfter, Optional.empty());
    }

    /** A failure of that kind without an HTTP answer. */
    public static Failure of(FailureKind kind, String message) {
        return new Failure(kind, 0, "", message, Optional.empty());
    }

    /** What an HTTP status alone says. */
    public static Failure ofStatus(int status, String message) {
        return new Failure(kindOf(status), status, "", message, Optional.empty());
    }

    /** The same failure of another kind. */
    public Failure as(FailureKind other) {
        return new Failure(other, status, code, message, retryAfter, param);
    }

    /** The same failure with a time after which the upstream wants to be asked again. */
    public Failure retryAfter(Optional<Duration> time) {
        return new Failure(kind, status, code, message, time, param);
    }

    /** The same failure with these words blotted out wherever it repeats them; the longest first. */
    public Failure hiding(Collection<String> secrets) {
        List<String> longestFirst = secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        return new Failure(
                kind,
                status,
                hiding(longestFirst, code),
                hiding(longestFirst, message),
                retryAfter,
                param.map(path -> hiding(longestFirst, path)));
    }

    private static String hiding(List<String> secrets, String text) {
        String shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, "***");
        }
        return shown;
    }

    private static FailureKind kindOf(int status) {
        return switch (status) {
            case 401, 403 -> FailureKind.UNAUTHORIZED;
            case 404 -> FailureKind.MODEL_UNAVAILABLE;
            case 408, 504 -> FailureKind.TIMED_OUT;
            case 429, 503, 529 -> FailureKind.OVERLOADED;
            case 501 -> FailureKind.UNSUPPORTED;
            case 507 -> FailureKind.OUT_OF_MEMORY;
            default -> status >= 400 && status < 500 ? FailureKind.REJECTED : FailureKind.SERVER_ERROR;
        };
    }
}
