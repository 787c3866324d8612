package dev.signalbox.core;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.core.dialect.DialectVoice;
import dev.signalbox.core.engine.ErrorHeaders;
import java.time.Instant;

/** What a client of some dialect is told when there is no answer, or while there is none yet. Immutable. */
public final class ErrorReply {

    private final int status;
    private final Headers headers;
    private final byte[] body;
    private final byte[] frame;

    private ErrorReply(int status, Headers headers, byte[] body, byte[] frame) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.frame = frame;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The headers, {@code Content-Type} included. */
    public Headers headers() {
        return headers;
    }

    /** A fresh copy of the body: the error object of the dialect. */
    public byte[] body() {
        return body.clone();
    }

    /** A fresh copy of the same as a last frame of a stream that has begun. */
    public byte[] frame() {
        return frame.clone();
    }

    /** The reply for a request that failed. */
    public static ErrorReply of(Dialect dialect, RouteException failure) {
        DialectVoice voice = DialectVoice.of(dialect);
        Problem problem = failure.problem();
        String id = failure.trace().id();
        return of(voice, problem, id, ErrorHeaders.of(failure));
    }

    /** The reply for a request that never was one: what a server refuses by itself. */
    public static ErrorReply of(Dialect dialect, Problem problem, String traceId) {
        DialectVoice voice = DialectVoice.of(dialect);
        return of(voice, problem, traceId, ErrorHeaders.of(problem, traceId));
    }

    private static ErrorReply of(DialectVoice voice, Problem problem, String id, Headers headers) {
        Headers typed = headers.with("Content-Type", voice.contentType(false));
        Headers all = voice.idHeader().map(name -> typed.with(name, id)).orElse(typed);
        return new ErrorReply(voice.status(problem), all, voice.error(problem, id), voice.errorFrame(problem, id));
    }

    /** A frame that says nothing: proof of life in a stream of that dialect. */
    public static byte[] heartbeat(Dialect dialect, String model, Instant now) {
        return DialectVoice.of(dialect).heartbeat(model, now);
    }

    /** The content type of an answer in that dialect. */
    public static String contentType(Dialect dialect, boolean streamed) {
        return DialectVoice.of(dialect).contentType(streamed);
    }
}
