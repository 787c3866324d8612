package dev.signalbox.backend.echo;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers without any model, always alike. Any thread may use it. */
final class EchoBackend implements Backend {

    private static final Set<Dialect> DIALECTS = Stream.concat(
                    Manner.OF.keySet().stream(), Embeddings.DIALECTS.stream())
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<Capability> HAS = Set.of(
            Capability.CHAT, Capability.COMPLETIONS, Capability.EMBEDDINGS, Capability.TOOLS, Capability.STREAMING);

    /** What it would pass over in silence. */
    private static final Set<Capability> LACKS = Set.of(
            Capability.VISION,
            Capability.AUDIO,
            Capability.RERANK,
            Capability.JSON,
            Capability.JSON_SCHEMA,
            Capability.LOGPROBS);

    private final List<String> offers;
    private final String text;
    private final Duration pace;
    private final Optional<Mishap> mishap;
    private final AtomicLong calls = new AtomicLong();

    EchoBackend(List<String> offers, String text, Duration pace, Optional<Mishap> mishap) {
        this.offers = offers;
        this.text = text;
        this.pace = pace;
        this.mishap = mishap;
    }

    @Override
    public Set<Dialect> dialects() {
        return DIALECTS;
    }

    @Override
    public BackendReply exchange(BackendCall call) throws BackendException {
        if (call.cancellation().cancelled() || call.deadline().expired()) {
            throw new BackendException(FailureKind.TIMED_OUT, "over before it began");
        }
        long number = calls.incrementAndGet();
        Optional<Mishap> now = mishap.filter(one -> one.happensTo(number));
        if (now.isPresent() && now.get().at() == Mishap.At.HEAD) {
            throw now.get().failure();
        }
        return answer(call, now).reply(call);
    }

    private Speech answer(BackendCall call, Optional<Mishap> now) throws BackendException {
        Manner manner = Manner.OF.get(call.dialect());
        if (manner == null) {
            return new Whole(Embeddings.of(call), Duration.ZERO).spoken(now);
        }
        Said said = Said.to(call.request(), call.model(), text);
        if (call.streamed()) {
            return new Streamed(said, manner, call.dialect().framing(), pace, Usages.wanted(call)).spoken(now);
        }
        return new Whole(manner.whole(said), pace.multipliedBy(Math.max(0, said.output() - 1))).spoken(now);
    }

    @Override
    public Failure read(int status, String error) {
        return Mishap.in(error, status).orElseGet(() -> Failure.ofStatus(status, error));
    }

    /** Always ready, and asks nobody. */
    @Override
    public BackendStatus probe(Deadline deadline) {
        return BackendStatus.ready(offers.stream().map(EchoBackend::model).toList());
    }

    private static ModelInfo model(String name) {
        ModelInfo model = ModelInfo.named(name).withLoaded(true);
        for (Capability capability : HAS) {
            model = model.with(capability, Support.YES);
        }
        for (Capability capability : LACKS) {
            model = model.with(capability, Support.NO);
        }
        return model;
    }
}
