package dev.signalbox.backend.anthropic;

import dev.signalbox.api.Headers;
import dev.signalbox.spi.BackendCall;
import java.util.Optional;

/**
 * A client's key where Anthropic looks for it. Clients of OpenAI's API send every key as a bearer token, which Anthropic
 * takes for a token of an account that is logged in.
 */
final class ClientKey {

    private static final String AUTHORIZATION = "Authorization";
    private static final String X_API_KEY = "x-api-key";
    private static final String BEARER = "bearer ";

    /** How keys begin that are no such tokens. */
    private static final String KEY = "sk-ant-api";

    private ClientKey() {}

    /** The call with its key in the right place. */
    static BackendCall placed(BackendCall call) {
        Headers headers = call.headers();
        Optional<String> key = headers.first(AUTHORIZATION)
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip())
                .filter(value -> value.startsWith(KEY));
        return key.isEmpty() ? call : call.withHeaders(moved(headers, key.get()));
    }

    private static Headers moved(Headers headers, String key) {
        Headers rest = headers.without(AUTHORIZATION);
        return rest.first(X_API_KEY).isPresent() ? rest : rest.with(X_API_KEY, key);
    }
}
