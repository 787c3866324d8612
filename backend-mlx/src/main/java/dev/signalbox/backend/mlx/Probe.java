package dev.signalbox.backend.mlx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signalbox.api.BackendState;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.backend.http.HttpOptions.Credentials;
import dev.signalbox.backend.http.Upstream;
import dev.signalbox.backend.http.transport.TransportException;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.LoadSignal;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Looks which server it is, what it has, and whether its silence is work. One thread at a time looks; any may ask what
 * was found.
 */
final class Probe {

    /** Who has been silent for longer is not taken to be at work; no request may last longer by default. */
    private static final Duration LONGEST_WORK = Duration.ofHours(1);

    /** How much of its time a look takes to ask, in fifths: some is left to say what silence means. */
    private static final int FOR_ASKING = 4;

    private static final Set<Integer> NO_SUCH_PATH = Set.of(404, 405, 501);

    private final Upstream upstream;
    private final Optional<Flavor> said;
    private final boolean clientsKey;
    private final Generations generations;
    private final PluginContext context;
    private volatile Optional<Flavor> found;
    private volatile long answered;

    Probe(Upstream upstream, PluginConfig config, Generations generations, PluginContext context) {
        this.upstream = upstream;
        this.said = Flavor.of(config.get(MlxBackendFactory.FLAVOR));
        this.clientsKey = config.get(HttpOptions.CREDENTIALS) == Credentials.CLIENT;
        this.generations = generations;
        this.context = context;
        this.found = said;
        this.answered = context.nanoTime();
    }

    /** Which server it is, as far as is known. */
    Optional<Flavor> flavor() {
        return found;
    }

    BackendStatus look(Deadline deadline) throws BackendException, InterruptedException {
        Deadline asking = deadline.within(Duration.ofNanos(deadline.remainingNanos() / 5 * FOR_ASKING));
        try {
            BackendStatus status = status(see(asking), asking);
            answered = context.nanoTime();
            generations.serverAnswers();
            return status;
        } catch (BackendException failed) {
            if (isSilence(failed) && mayBeAtWork()) {
                return BackendStatus.of(BackendState.BUSY)
                        .withDetail("it answers nothing, as it does while it loads or generates");
            }
            if (failed.failure().status() != 401) {
                throw failed;
            }
            if (clientsKey) {
                return BackendStatus.unknown()
                        .withDetail(
                                "it tells nothing without a key: name its models under `models:`, and its `flavor`");
            }
            throw withKeyHint(failed);
        }
    }

    /** Who lets us in and says nothing is silent; who does not even do that may be asleep, or gone. */
    private static boolean isSilence(BackendException failed) {
        return failed.kind() == FailureKind.TIMED_OUT
                && failed.getCause() instanceof TransportException trouble
                && trouble.connected();
    }

    /** Whether silence is no wonder: it works for us, or it is one that stands still for whomever it works. */
    private boolean mayBeAtWork() {
        boolean standsStill = found.filter(Flavor::standsStill).isPresent();
        return (standsStill || generations.mayRun()) && context.nanoTime() - answered < LONGEST_WORK.toNanos();
    }

    /** Which server it is, and what it tells of itself beside its models. */
    private record Sight(Flavor flavor, JsonNode told) {}

    private Sight see(Deadline deadline) throws BackendException, InterruptedException {
        if (said.isPresent()) {
            String path = said.get() == Flavor.OMNI ? "/v1/cache" : "/health";
            return new Sight(said.get(), find(path, deadline).orElse(MissingNode.getInstance()));
        }
        Optional<JsonNode> health = find("/health", deadline);
        if (health.isPresent()) {
            return new Sight(byHealth(health.get()), health.get());
        }
        Optional<JsonNode> cache = find("/v1/cache", deadline).filter(Signs::isCacheOfOmni);
        return new Sight(Flavor.OMNI, cache.orElseThrow(Probe::stranger));
    }

    private static Flavor byHealth(JsonNode health) throws BackendException {
        if (Signs.isHealthOfVlm(health)) {
            return Flavor.VLM;
        }
        if (Signs.mayBeHealthOfLm(health)) {
            return Flavor.LM;
        }
        throw stranger();
    }

    private BackendStatus status(Sight sight, Deadline deadline) throws BackendException, InterruptedException {
        JsonNode list = upstream.get(upstream.baseUrl().api("/models"), deadline);
        Flavor flavor = sight.flavor();
        if (said.isEmpty() && flavor == Flavor.LM && !Signs.mayBeListOfLm(list)) {
            throw stranger();
        }
        found = Optional.of(flavor);
        List<ModelInfo> models = Models.read(flavor, list, sight.told());
        BackendStatus status = BackendStatus.ready(models)
                .withDialects(flavor.dialects())
                .withDetail(models.isEmpty() ? flavor.product() + " lists no models" : flavor.product());
        return flavor == Flavor.OMNI ? status.withLoad(idleBut(generations.open())) : status;
    }

    /** Who answers one thing at a time and answers now has nothing else to do. */
    private static LoadSignal.Load idleBut(int ours) {
        return new LoadSignal.Load(ours, 0, OptionalDouble.empty());
    }

    /** A document; empty if there is no such path. */
    private Optional<JsonNode> find(String path, Deadline deadline) throws BackendException, InterruptedException {
        try {
            return Optional.of(upstream.get(upstream.baseUrl().root(path), deadline));
        } catch (BackendException failed) {
            if (NO_SUCH_PATH.contains(failed.failure().status())) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private static BackendException stranger() {
        return new BackendException(
                FailureKind.BROKEN_REPLY,
                "it answers like none of mlx_lm.server, mlx-vlm and mlx-omni-server; if it is one, say which with `flavor`");
    }

    private static BackendException withKeyHint(BackendException refused) {
        Failure failure = refused.failure();
        return new BackendException(
                new Failure(
                        failure.kind(),
                        failure.status(),
                        failure.code(),
                        "it does not accept the key, see `api-key` (status %d: %s)"
                                .formatted(failure.status(), failure.message()),
                        failure.retryAfter()),
                refused);
    }
}
