package dev.signalbox.server.ingress;

import dev.signalbox.api.Dialect;

/** Which API somebody means who asks for a path: errors are told in its shape. */
final class Faces {

    private Faces() {}

    static Dialect of(String path) {
        if (path.equals("/api") || path.startsWith("/api/")) {
            return Dialect.OLLAMA_CHAT;
        }
        if (path.endsWith("/messages") || path.contains("/messages/")) {
            return Dialect.ANTHROPIC_MESSAGES;
        }
        return Dialect.OPENAI_CHAT;
    }
}
