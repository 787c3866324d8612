package dev.signalbox.guard.memory;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import dev.signalbox.testkit.ScriptedHost;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What others do to a machine: they use it, its servers crash, go deaf and come back, and loading fails. */
final class Mischief {

    private final Random random;
    private final Scenery scenery;
    private final ScriptedHost host;
    private final Set<String> disturbed = new HashSet<>(); // servers others used since they told what they have
    private final Set<String> deaf = new HashSet<>(); // servers that do not tell it

    Mischief(Random random, Scenery scenery) {
        this.random = random;
        this.scenery = scenery;
        this.host = scenery.host();
    }

    void happens() {
        switch (random.nextInt(7)) {
            case 0, 1 -> host.othersLoad(disturbing(scenery.target()));
            case 2 -> host.othersUnload(disturbing(scenery.target()));
            case 3 -> host.crash(scenery.server());
            case 4 -> host.revive(scenery.server());
            case 5 -> hears(scenery.server(), random.nextBoolean());
            default ->
                host.failsToLoad(
                        scenery.target(), random.nextBoolean() ? FailureKind.DEFECT : FailureKind.MODEL_UNAVAILABLE);
        }
    }

    private void hears(String server, boolean well) {
        host.failsToTell(server, well ? FailureKind.DEFECT : FailureKind.TIMED_OUT);
        if (well) {
            deaf.remove(server);
        } else {
            deaf.add(server);
        }
    }

    /** Something is loaded or unloaded there without anybody having asked. */
    Target disturbing(Target target) {
        disturbed.add(target.backend());
        return target;
    }

    /** A server is asked what it has. */
    void looked(String server) {
        if (deaf.contains(server)) {
            disturbed.add(server);
        } else {
            disturbed.remove(server);
        }
    }

    /** All servers were looked at, those too that tell nobody else what they have. */
    void probed() {
        disturbed.removeIf(server -> !deaf.contains(server));
    }

    /** Whether nobody who has looked can know what is there. */
    boolean isUnseen() {
        return !disturbed.isEmpty();
    }

    /** All is well again. */
    void ends() {
        for (String server : List.of("box", "other")) {
            host.revive(server);
            hears(server, true);
        }
        scenery.targets().forEach(target -> host.failsToLoad(target, FailureKind.DEFECT));
    }
}
