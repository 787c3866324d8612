package dev.signalbox.server.ingress;

import dev.signalbox.api.Headers;
import dev.signalbox.api.RouteException.Problem;
import dev.signalbox.spi.Near;
import io.helidon.common.uri.UriPath;
import io.helidon.http.PathMatchers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers whatever is at no endpoint: says which is near, or which method would be right. */
final class Elsewhere implements Answering {

    private final List<Endpoint> endpoints;

    Elsewhere(List<Endpoint> endpoints) {
        this.endpoints = List.copyOf(endpoints);
    }

    @Override
    public void answer(Exchange exchange) {
        UriPath path = exchange.request().path();
        Set<String> methods = methodsAt(path);
        throw methods.isEmpty() ? unknown(path.path()) : wrongMethod(exchange, methods);
    }

    private Set<String> methodsAt(UriPath path) {
        Set<String> methods = new LinkedHashSet<>();
        for (Endpoint endpoint : endpoints) {
            if (PathMatchers.create(endpoint.path()).match(path).accepted()) {
                methods.add(endpoint.method().text());
            }
        }
        return methods;
    }

    private Refused unknown(String path) {
        List<String> known = endpoints.stream().map(Endpoint::shown).distinct().toList();
        return Refused.permanent(
                404, "unknown_path", "There is nothing at \"%s\". %s".formatted(path, Near.hint(path, known)));
    }

    private static Refused wrongMethod(Exchange exchange, Set<String> methods) {
        String right = methods.stream().collect(Collectors.joining(", "));
        String message = "%s does not take %s, but %s."
                .formatted(
                        exchange.request().path().path(),
                        exchange.request().prologue().method().text(),
                        right);
        return new Refused(Problem.permanent(405, "method_not_allowed", message), Headers.of("Allow", right));
    }
}
