package dev.signalbox.conformance;

import static org.awaitility.Awaitility.await;

import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.ScriptedRuntime;
import java.time.Duration;
import java.util.List;

/** What a model server was asked to do since a test began; looks at how it is are left out. */
final class Asked {

    private final ScriptedRuntime runtime;
    private final int before;

    private Asked(ScriptedRuntime runtime) {
        this.runtime = runtime;
        this.before = posts(runtime).size();
    }

    /** Begins to count. */
    static Asked of(ScriptedRuntime runtime) {
        return new Asked(runtime);
    }

    /** How often. */
    int times() {
        return requests().size();
    }

    /** The first of them, as soon as it is there. */
    ReceivedRequest first() {
        await().atMost(Duration.ofSeconds(20)).until(() -> times() > 0);
        return requests().getFirst();
    }

    /** The latest of them. */
    ReceivedRequest last() {
        return requests().getLast();
    }

    private List<ReceivedRequest> requests() {
        List<ReceivedRequest> all = posts(runtime);
        return all.subList(before, all.size());
    }

    private static List<ReceivedRequest> posts(ScriptedRuntime runtime) {
        return runtime.server().requests().stream()
                .filter(request -> request.method().equals("POST"))
                .toList();
    }
}
