package dev.signalbox.testkit;

import dev.signalbox.testkit.Json.Verbatim;

/** The envelopes of {@code llama-server}. */
final class LlamaReplies {

    private LlamaReplies() {}

    static Reply good(String json) {
        return Reply.status(200)
                .header("Server", "llama.cpp")
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Keep-Alive", "timeout=5, max=100")
                .chunk(json);
    }

    static Reply error(int status, String type, String message) {
        return errorOf(status, Json.object("code", status, "message", message, "type", type));
    }

    static Reply errorOf(int status, Verbatim error) {
        return Reply.json(status, Json.object("error", error).json())
                .header("Server", "llama.cpp")
                .header("Connection", "close");
    }

    static Reply rejected(String message) {
        return error(400, "invalid_request_error", message);
    }

    static Reply nothingHere() {
        return error(404, "not_found_error", "File Not Found");
    }

    static Reply unsupported(String what, String flag) {
        return error(
                501,
                "not_supported_error",
                "This server does not support %s. Start it with `%s`".formatted(what, flag));
    }

    /** A whole reply as a router passes it on from the model's own process. */
    static Reply passedOn(Reply reply) {
        return reply.status() == 0
                ? reply // it hangs up, or says nothing
                : reply.chunked().header("Connection", "close").header("X-Accel-Buffering", "no");
    }
}
