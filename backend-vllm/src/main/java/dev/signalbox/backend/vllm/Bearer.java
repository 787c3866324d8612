package dev.signalbox.backend.vllm;

import dev.signalbox.api.Headers;
import dev.signalbox.spi.BackendCall;
import java.util.Optional;

/** A client's key in the one place where vLLM looks for it. */
final class Bearer {

    private static final String ANTHROPIC = "x-api-key";
    private static final String AUTHORIZATION = "Authorization";

    private Bearer() {}

    /** The call with its key as a bearer token, whichever header the client sent it in. */
    static BackendCall only(BackendCall call) {
        Headers headers = call.headers();
        Optional<String> key = headers.first(ANTHROPIC);
        if (key.isEmpty()) {
            return call;
        }
        Headers rest = headers.without(ANTHROPIC);
        boolean brought = rest.first(AUTHORIZATION).isPresent();
        return call.withHeaders(brought ? rest : rest.with(AUTHORIZATION, "Bearer " + key.get()));
    }
}
