package dev.signalbox.server.ingress;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which web pages may ask from within a browser: those of this machine, and those that are configured. */
final class Origins implements Answering {

    private static final HeaderName METHOD_WANTED = HeaderNames.create("Access-Control-Request-Method");
    private static final HeaderName HEADERS_WANTED = HeaderNames.create("Access-Control-Request-Headers");
    private static final HeaderName PRIVATE_WANTED = HeaderNames.create("Access-Control-Request-Private-Network");
    private static final String TOLD = "x-request-id, request-id, Retry-After, X-Signalbox-Target, X-Signalbox-Trace,"
            + " X-Signalbox-Steps, X-Signalbox-Dropped, X-Signalbox-Estimated";

    private final Set<String> allowed;

    Origins(Set<String> allowed) {
        this.allowed = new TreeSet<>();
        allowed.forEach(origin -> this.allowed.add(canonical(origin)));
    }

    /** Tells the browser, if one asks for a page that may, that the page may read the answer. */
    void welcome(Exchange exchange) {
        Optional<String> origin = exchange.header(HeaderNames.ORIGIN);
        if (origin.isPresent()) {
            exchange.say("Vary", "Origin");
            if (allows(origin.get())) {
                exchange.say("Access-Control-Allow-Origin", origin.get());
                exchange.say("Access-Control-Expose-Headers", TOLD);
            }
        }
    }

    /** Answers a browser that asks beforehand. */
    @Override
    public void answer(Exchange exchange) {
        Optional<String> origin = exchange.header(HeaderNames.ORIGIN);
        if (origin.isPresent() && !allows(origin.get())) {
            throw Refused.permanent(
                    403,
                    "origin_not_allowed",
                    "Pages of %s may not ask this server. If they should, list that origin under server.origins."
                            .formatted(origin.get()));
        }
        if (origin.isPresent() && exchange.header(METHOD_WANTED).isPresent()) {
            exchange.say("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS");
            exchange.header(HEADERS_WANTED).ifPresent(names -> exchange.say("Access-Control-Allow-Headers", names));
            exchange.header(PRIVATE_WANTED)
                    .ifPresent(wanted -> exchange.say("Access-Control-Allow-Private-Network", "true"));
            exchange.say("Access-Control-Max-Age", "600");
        }
        exchange.say("Allow", "GET, HEAD, POST, OPTIONS");
        exchange.response().status(Status.NO_CONTENT_204).send();
    }

    boolean allows(String origin) {
        return allowed.contains("*") || allowed.contains(canonical(origin)) || isLoopback(origin);
    }

    private static boolean isLoopback(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && Hosts.isLoopback(host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    private static String canonical(String origin) {
        String folded = origin.strip().toLowerCase(Locale.ROOT);
        return folded.endsWith("/") ? folded.substring(0, folded.length() - 1) : folded;
    }
}
