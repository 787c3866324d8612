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

    private static final int MOST_BESIDE = 12;

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
        List<String> known = endpoints.stream()
                .map(Endpoint::shown)
                .filter(each -> !OllamaStore.keeps(each))
                .distinct()
                .toList();
        return Refused.permanent(
                404, "unknown_path", "There is nothing at \"%s\". %s".formatted(path, nearest(path, known)));
    }

    /** What stands in a folder that was asked for, else what is written alike, else what stands below the same folder. */
    private static String nearest(String path, List<String> known) {
        List<String> inside = inside(path.endsWith("/") ? path : path + "/", known);
        if (!inside.isEmpty() && inside.size() <= MOST_BESIDE) {
            return nearest(inside);
        }
        if (!Near.names(path, known).isEmpty()) {
            return Near.hint(path, known);
        }
        int most = known.stream().mapToInt(each -> common(path, each)).max().orElse(0);
        List<String> beside = known.stream()
                .filter(each -> common(path, each) == most)
                .sorted()
                .toList();
        return most == 0 || beside.size() > MOST_BESIDE ? Near.hint(path, known) : nearest(beside);
    }

    private static String nearest(List<String> paths) {
        return "Nearest: %s.".formatted(String.join(", ", paths));
    }

    /** What stands in a folder; nothing if it is an endpoint but for a slash too many. */
    private static List<String> inside(String folder, List<String> known) {
        boolean endpoint = known.contains(folder.substring(0, folder.length() - 1));
        return known.stream()
                .filter(each -> !endpoint && each.startsWith(folder))
                .sorted()
                .toList();
    }

    /** How many folders two paths have in common from the root on. */
    private static int common(String path, String other) {
        String[] one = path.split("/", -1);
        String[] two = other.split("/", -1);
        int same = 1; // before the first slash there is nothing
        while (same < Math.min(one.length, two.length) && one[same].equals(two[same])) {
            same++;
        }
        return same - 1;
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
