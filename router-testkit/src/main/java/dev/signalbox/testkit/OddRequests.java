package dev.signalbox.testkit;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Framing;
import java.util.List;

/** Requests that are legal and unusual: no plugin may fail on one. */
final class OddRequests {

    private OddRequests() {}

    static List<TestRequest> all() {
        return List.of(
                TestRequest.saying("All clear?"),
                TestRequest.saying(""),
                TestRequest.saying("\uD83D\uDE82 ünïcode \u0000 \u202E ```java\nint i;\n```"),
                TestRequest.saying("all clear ".repeat(100_000)),
                TestRequest.saying("x").tokens(Long.MAX_VALUE),
                TestRequest.saying("x").needing().header("x-odd", "").header("x-odd", "twice"),
                TestRequest.of(Dialect.OPENAI_CHAT, "{}"),
                TestRequest.of(Dialect.OPENAI_CHAT, "{\"model\":null,\"messages\":[]}"),
                TestRequest.of(Dialect.OPENAI_CHAT, "{\"messages\":[{},{\"role\":\"odd\",\"content\":null}]}"),
                TestRequest.of(Dialect.ANTHROPIC_COUNT_TOKENS, "{\"system\":\"s\",\"messages\":[]}"),
                TestRequest.of(Dialect.OLLAMA_GENERATE, "{\"model\":\"m\"}"),
                TestRequest.of(Dialect.OPENAI_EMBEDDINGS, "{\"model\":\"m\",\"input\":[\"a\",\"b\"]}"),
                TestRequest.of(new Dialect("odd.shape", true, Framing.SSE), "{\"prompt\":\"x\"}"));
    }
}
