package dev.signalbox.server.ingress;

import dev.signalbox.api.Dialect;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;

/** Which API somebody means who asks for a path: errors are told in its shape. */
final class Faces {

    private static final HeaderName VERSION = HeaderNames.create("anthropic-version");

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

    /** The same of one who may say it: OpenAI and Anthropic have paths in common, but only clients of one name a version. */
    static Dialect of(Dialect byPath, ServerRequestHeaders headers) {
        return byPath.equals(Dialect.OPENAI_CHAT) && headers.contains(VERSION) ? Dialect.ANTHROPIC_MESSAGES : byPath;
    }
}
