package dev.signalbox.testkit;

import dev.signalbox.api.Body;
import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Headers;
import dev.signalbox.spi.BackendCall;
import java.time.Duration;
import java.util.List;

/** Makes calls for the tests of backends. Each has half a minute and a cancellation of its own. */
public final class Calls {

    /** What every call wants to have added to {@code Via}. */
    public static final String VIA = "1.1 signalbox-test";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Calls() {}

    /** A chat whose answer is not streamed, in the dialect {@code openai.chat}. */
    public static BackendCall chat(String model) {
        return of(Dialect.OPENAI_CHAT, model, false);
    }

    /** A chat whose answer is streamed, in the dialect {@code openai.chat}. */
    public static BackendCall chatStream(String model) {
        return of(Dialect.OPENAI_CHAT, model, true);
    }

    /** A small valid request of that dialect. */
    public static BackendCall of(Dialect dialect, String model, boolean streamed) {
        return of(dialect, model, streamed, body(dialect, model, streamed));
    }

    /** A request with that body. */
    public static BackendCall of(Dialect dialect, String model, boolean streamed, String json) {
        return new BackendCall(
                TestRequest.of(dialect, json),
                dialect,
                model,
                streamed,
                Body.of(json),
                Headers.none(),
                VIA,
                Deadline.after(LIMIT),
                Cancellation.create());
    }

    private static String body(Dialect dialect, String model, boolean streamed) {
        Json.Verbatim head = Json.object("model", model, "stream", streamed);
        return Json.joined(head, question(dialect)).json();
    }

    private static Json.Verbatim question(Dialect dialect) {
        String words = "Say \"all clear\" in ünïcode \uD83D\uDE82";
        return switch (dialect.id()) {
            case "openai.completions", "ollama.generate", "ollama.embeddings" -> Json.object("prompt", words);
            case "openai.embeddings", "ollama.embed", "openai.responses" -> Json.object("input", words);
            case "openai.rerank" -> Json.object("query", words, "documents", List.of("one", "two"));
            case "anthropic.messages" -> Json.joined(Json.object("max_tokens", 64), messages(words));
            default -> messages(words);
        };
    }

    private static Json.Verbatim messages(String words) {
        return Json.object("messages", List.of(Json.object("role", "user", "content", words)));
    }
}
