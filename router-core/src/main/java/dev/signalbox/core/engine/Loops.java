package dev.signalbox.core.engine;

import dev.signalbox.api.Headers;

/** Routers that lead to each other, seen by the header {@code Via} (RFC 9110 §7.6.3). */
final class Loops {

    private Loops() {}

    static boolean closed(Headers headers, String instanceId) {
        for (String via : headers.all("Via")) {
            if (via.contains(instanceId)) {
                return true;
            }
        }
        return false;
    }

    /** What to send on: what came, and this router. */
    static String via(Headers headers, String instanceId) {
        String mine = "1.1 " + instanceId;
        String before = String.join(", ", headers.all("Via"));
        return before.isEmpty() ? mine : before + ", " + mine;
    }
}
