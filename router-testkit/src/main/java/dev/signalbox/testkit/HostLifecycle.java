package dev.signalbox.testkit;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.ModelLifecycle;
import dev.signalbox.testkit.ScriptedHost.Act;
import java.util.List;
import java.util.Optional;

/**
 * What a server of a {@link ScriptedHost} can be told. Any thread may use it.
 *
 * @param unloads whether it unloads, or refuses to
 */
record HostLifecycle(ScriptedHost host, String backend, boolean unloads) implements ModelLifecycle {

    @Override
    public List<Resident> residents(Deadline deadline) throws BackendException {
        begin(Act.LOOK, new Target(backend, "*"));
        failIf(host.silence(backend));
        return host.told(backend);
    }

    @Override
    public void load(String model, Deadline deadline) throws BackendException {
        load(model, Wish.NONE, deadline);
    }

    @Override
    public void load(String model, Wish wish, Deadline deadline) throws BackendException {
        Target target = new Target(backend, model);
        begin(Act.LOAD, target);
        failIf(host.failure(target));
        wish.keep().ifPresent(time -> host.keep(target, time));
        long wanted = wish.contextTokens().orElse(ScriptedHost.USUAL_CONTEXT);
        if (!host.load(target, wanted)) {
            throw new BackendException(
                    FailureKind.OUT_OF_MEMORY,
                    "model requires more system memory than is available: %d of %d taken, %d wanted"
                            .formatted(host.used(), host.memory(), host.bytes(target)));
        }
        host.note("load " + target + (wanted == ScriptedHost.USUAL_CONTEXT ? "" : " with " + wanted + " tokens"));
    }

    @Override
    public void unload(String model, Deadline deadline) throws BackendException {
        Target target = new Target(backend, model);
        begin(Act.UNLOAD, target);
        if (!unloads) {
            throw new BackendException(FailureKind.UNSUPPORTED, backend + " keeps what it has");
        }
        failIf(host.stay(target));
        host.othersUnload(target);
        host.note("unload " + target);
    }

    private void begin(Act act, Target target) throws BackendException {
        host.happens(act, target);
        if (host.isDown(backend)) {
            throw new BackendException(FailureKind.UNREACHABLE, "connection refused");
        }
    }

    private static void failIf(Optional<FailureKind> kind) throws BackendException {
        if (kind.isPresent()) {
            throw new BackendException(kind.get(), "it is told to fail");
        }
    }
}
