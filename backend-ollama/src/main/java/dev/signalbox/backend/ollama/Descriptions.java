package dev.signalbox.backend.ollama;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.JsonText;
import dev.signalbox.backend.http.Upstream;
import dev.signalbox.spi.BackendException;
import java.util.HashMap;
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

    private static final Set<FailureKind> OF_THE_SERVER = Set.of(FailureKind.UNREACHABLE, FailureKind.TIMED_OUT);

    private final Upstream upstream;
    private final Map<String, Description> known = new HashMap<>(); // by digest; no more than are listed

    Descriptions(Upstream upstream) {
        this.upstream = upstream;
    }

    /** Asks for some of those that are not known, and forgets those that are not listed any more. */
    void learn(List<Installed> listed, Deadline deadline) throws BackendException, InterruptedException {
        known.keySet().retainAll(listed.stream().map(Descriptions::key).collect(Collectors.toSet()));
        int asked = 0;
        for (Installed model : listed) {
            if (asked < AT_ONCE && !known.containsKey(key(model))) {
                known.put(key(model), ask(model, deadline));
                asked++;
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
            if (OF_THE_SERVER.contains(failed.kind())) {
                throw failed;
            }
            return Description.NONE;
        }
    }

    private static String key(Installed model) {
        return model.digest().isEmpty() ? model.name() : model.digest();
    }
}
