package dev.signalbox.server.ingress;

import io.helidon.http.Method;
import java.util.ArrayList;
import java.util.List;

/** What an Ollama does with models on its disk, and with accounts, and a router does not. */
final class OllamaStore {

    private static final List<String> PATHS =
            List.of("/api/pull", "/api/push", "/api/create", "/api/copy", "/api/me", "/api/signout");

    private static final String DELETE = "/api/delete";
    private static final String BLOBS = "/api/blobs/{digest}";

    private OllamaStore() {}

    static List<Endpoint> endpoints() {
        List<Endpoint> all = new ArrayList<>();
        PATHS.forEach(path -> all.add(Endpoint.post(path, Faces.of(path), OllamaStore::refuse)));
        all.add(Endpoint.get(DELETE, OllamaStore::refuse).by(Method.DELETE));
        all.add(Endpoint.post(BLOBS, Faces.of(BLOBS), OllamaStore::refuse));
        return all;
    }

    /** Whether a path is one of these: nobody is sent there. */
    static boolean keeps(String path) {
        return PATHS.contains(path) || path.equals(DELETE) || path.equals(BLOBS);
    }

    private static void refuse(Exchange exchange) {
        throw Refused.permanent(
                501,
                "unsupported",
                "%s is not served here: Signalbox routes to servers and keeps no models. Ask the server that has them."
                        .formatted(exchange.request().path().path()));
    }
}
