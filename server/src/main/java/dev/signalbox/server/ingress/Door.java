package dev.signalbox.server.ingress;

import dev.signalbox.api.Caller;
import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteException.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides who comes in: by the name the server was called by, and by the caller's key. */
final class Door {

    private final IngressSettings settings;

    Door(IngressSettings settings) {
        this.settings = settings;
    }

    /** Whoever asks; what is open may be asked with a key, too. */
    Caller admit(ServerRequestHeaders headers, boolean open) {
        checkHost(headers.first(HeaderNames.HOST).orElse(""));
        if (!settings.callers().any()) {
            return Caller.ANONYMOUS;
        }
        List<String> keys = keys(headers);
        Optional<Caller> known = keys.stream()
                .flatMap(key -> settings.callers().of(key).stream())
                .findFirst();
        return open ? known.orElse(Caller.ANONYMOUS) : known.orElseThrow(() -> unknown(keys.isEmpty()));
    }

    private void checkHost(String host) {
        if (!settings.hosts().allows(host)) {
            throw Refused.permanent(
                    403,
                    "host_not_allowed",
                    "This server does not answer to the name \"%s\". If it should, list it under server.hosts."
                            .formatted(host));
        }
    }

    /** Some clients send both, and only one of them is meant for us. */
    private static List<String> keys(ServerRequestHeaders headers) {
        List<String> keys = new ArrayList<>();
        for (String name : Keys.HEADERS) {
            headers.first(HeaderNames.create(name))
                    .map(value -> Keys.in(name, value))
                    .filter(key -> !key.isEmpty())
                    .ifPresent(keys::add);
        }
        return keys;
    }

    private static Refused unknown(boolean none) {
        String seen = none ? "There is no API key." : "The API key is not one of this server's.";
        return new Refused(
                Problem.permanent(
                        401,
                        "invalid_api_key",
                        seen
                                + " Send one that stands under callers, as \"Authorization: Bearer ...\" or \"x-api-key\"."),
                Headers.of("WWW-Authenticate", "Bearer"));
    }
}
