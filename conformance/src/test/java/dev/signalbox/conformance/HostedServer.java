package dev.signalbox.conformance;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Target;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.HostView;
import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.ScriptedHost;
import dev.signalbox.testkit.TestBackend;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A server on a machine whose memory really fills and frees, without a socket: it loads what it is asked for and does not
 * have, if that fits. Any thread may use it.
 *
 * @param running what is being answered, on all servers of the machine
 */
record HostedServer(String name, ScriptedHost machine, Running running) implements Backend {

    /** Counts answers that have begun and not ended. */
    interface Running {
        void begins(Target target);

        void ends(Target target);
    }

    @Override
    public Set<Dialect> dialects() {
        return Set.of(Dialect.OPENAI_CHAT);
    }

    @Override
    public BackendReply exchange(BackendCall call) throws BackendException {
        Target target = new Target(name, call.model());
        running.begins(target);
        if (!machine.othersLoad(target)) {
            running.ends(target);
            throw machine.isDown(name)
                    ? new BackendException(FailureKind.UNREACHABLE, "connection refused")
                    : new BackendException(FailureKind.OUT_OF_MEMORY, "out of memory");
        }
        BackendReply reply = TestBackend.reply(call, Answer.saying("All", "clear"));
        AtomicBoolean open = new AtomicBoolean(true);
        InputStream body = new FilterInputStream(reply.body()) {
            @Override
            public void close() throws IOException {
                if (open.compareAndSet(true, false)) {
                    running.ends(target);
                }
                super.close();
            }
        };
        return BackendReply.of(reply.status(), reply.headers(), body);
    }

    @Override
    public BackendStatus probe(Deadline deadline) throws BackendException {
        if (machine.isDown(name)) {
            throw new BackendException(FailureKind.UNREACHABLE, "connection refused");
        }
        List<Target> there = machine.residents();
        return BackendStatus.ready(machine.offers().stream()
                .map(HostView.Offer::target)
                .filter(target -> target.backend().equals(name))
                .map(target -> told(target, there.contains(target)))
                .toList());
    }

    private ModelInfo told(Target target, boolean loaded) {
        return ModelInfo.named(target.model()).withMemory(machine.bytes(target)).withLoaded(loaded);
    }

    @Override
    public <A> Optional<A> ability(Class<A> type) {
        return machine.lifecycle(name).filter(type::isInstance).map(type::cast);
    }

    @Override
    public Optional<String> host() {
        return Optional.of(machine.name());
    }
}
