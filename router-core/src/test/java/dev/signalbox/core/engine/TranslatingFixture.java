package dev.signalbox.core.engine;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/** Backends that speak OpenAI's chats only, asked by clients of other dialects. */
abstract class TranslatingFixture extends EngineFixture {

    @BeforeEach
    void a_backend_that_speaks_openai_only() {
        layout.backend("gpu", "m").backend("laptop", "m").profile("coding", "gpu/m", "laptop/m");
        backends.dialects = Set.of(Dialect.OPENAI_CHAT);
        backends.on("gpu", Chat.says("Hi"));
        backends.on("laptop", Chat.says("Hi from here"));
    }

    /** One that has that too. */
    static RouteRequest messages(String more) {
        String body = "{'model':'coding','max_tokens':9,'messages':[{'role':'user','content':'Hi'}]%s}";
        return anthropic(body.formatted(more));
    }

    /** A request of a client of Anthropic's API, with ' for ". */
    static RouteRequest anthropic(String body) {
        return RouteRequest.of(Dialect.ANTHROPIC_MESSAGES, Body.of(body.replace('\'', '"')));
    }
}
