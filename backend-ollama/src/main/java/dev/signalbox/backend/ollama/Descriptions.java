package dev.signalbox.backend.ollama;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.JsonText;
import dev.signalbox.backend.http.Upstream;
import dev.signalbox.spi.BackendException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was learnt of models, asked once for each digest and only some at a time: an Ollama with fifty models is not
 * asked fifty things at once. For one thread at a time.
 */
final class Descriptions {

    /** How many models a probe asks for at most; the rest is for the next ones. */
    private static final int AT_ONCE = 16;

    /** How long one may take: it reads a file that may lie on a slow disk, and what is listed does not depend on it. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private static final Set<FailureKind> OF_THE_SERVER = Set.of(FailureKind.UNREACHABLE, FailureKind.TIMED_OUT);

    /** What says nothing of a model: there is no time now, or a proxy before the server has lost it for a moment. */
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private final Upstream upstream;
    private final Map<String, Description> known = new HashMap<>(); // by digest; no more than are listed
    private final Set<String> late = new HashSet<>(); // digests of those that were asked for in vain

    Descriptions(Upstream upstream) {
        this.upstream = upstream;
    }

    /** Asks for some of those that are not known, and forgets those that are not listed any more. */
    void learn(List<Installed> listed, Deadline deadline) throws BackendException, InterruptedException {
        Set<String> keys = listed.stream().map(Descriptions::key).collect(Collectors.toSet());
        known.keySet().retainAll(keys);
        late.retainAll(keys);
        List<Installed> next = listed.stream()
                .filter(model -> !known.containsKey(key(model)))
                .sorted(Comparator.comparing(model -> late.contains(key(model))))
                .limit(AT_ONCE)
                .toList();
        for (Installed model : next) {
            try {
                known.put(key(model), ask(model, deadline.within(MOMENT)));
            } catch (BackendException failed) {
                if (failed.kind() != FailureKind.TIMED_OUT && !isPassing(failed)) {
                    throw failed;
                }
                late.add(key(model));
                return; // the others are for the next look, before this one
            }
        }
    }

    /** What is known of a model, if only from the list. */
    Description of(Installed model) {
        return known.getOrDefault(key(model), Description.NONE).orCapabilities(model.capabilities());
    }

    /** A model that cannot be described is not asked for again before it is another one. */
    private Description ask(Installed model, Deadline deadline) throws BackendException, InterruptedException {
        String json = "{\"model\":%s}".formatted(JsonText.quote(model.name()));
        try {
            return Description.read(upstream.post(upstream.baseUrl().root("/api/show"), json, deadline));
        } catch (BackendException failed) {
            if (OF_THE_SERVER.contains(failed.kind()) || isPassing(failed)) {
                throw failed;
            }
            return Description.NONE;
        }
    }

    private static boolean isPassing(BackendException failed) {
        return PASSING.contains(failed.failure().status());
    }

    private static String key(Installed model) {
        return model.digest().isEmpty() ? model.name() : model.digest();
    }
}
