package dev.signalbox.backend.vllm;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.FailureKind;
import dev.signalbox.backend.http.Upstream;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.LoadSignal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How busy a vLLM is, of all engines together, as {@code /metrics} says it. What is looked for has to make sense; the
 * rest of the page is not read. Any thread may use it.
 */
final class Metrics implements LoadSignal {

    private static final int LARGEST = 4 * 1024 * 1024;
    private static final String RUNNING = "vllm:num_requests_running";
    private static final String WAITING = "vllm:num_requests_waiting";

    /** The second was the name until autumn 2025. */
    private static final List<String> CACHE = List.of("vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc");

    private static final Set<String> WANTED = Set.of(RUNNING, WAITING, CACHE.getFirst(), CACHE.getLast());

    private final Upstream upstream;

    Metrics(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Load load(Deadline deadline) throws BackendException, InterruptedException {
        return read(upstream.text(upstream.baseUrl().root("/metrics"), deadline));
    }

    /** Reads a page of Prometheus. */
    static Load read(String page) throws BackendException {
        if (page.length() > LARGEST) {
            throw broken("more than %d characters".formatted(LARGEST));
        }
        Map<String, List<Double>> values = new HashMap<>();
        for (Iterator<String> lines = page.lines().iterator(); lines.hasNext(); ) {
            Optional<Sample> sample = sample(lines.next());
            if (sample.isPresent()) {
                values.computeIfAbsent(sample.get().name(), name -> new ArrayList<>())
                        .add(sample.get().value());
            }
        }
        return new Load(sum(values, RUNNING), sum(values, WAITING), share(values));
    }

    private static Optional<Sample> sample(String line) throws BackendException {
        String name = Sample.name(line);
        if (!WANTED.contains(name)) {
            return Optional.empty();
        }
        OptionalDouble value = Sample.value(line.substring(name.length()));
        boolean share = CACHE.contains(name);
        if (value.isEmpty() || value.getAsDouble() < 0 || value.getAsDouble() > (share ? 1 : Integer.MAX_VALUE)) {
            throw broken("%s is not %s".formatted(name, share ? "a share between 0 and 1" : "a number of requests"));
        }
        return Optional.of(new Sample(name, value.getAsDouble()));
    }

    private static int sum(Map<String, List<Double>> values, String name) throws BackendException {
        List<Double> found = values.getOrDefault(name, List.of());
        if (found.isEmpty()) {
            throw broken("it has no " + name);
        }
        double sum = found.stream().mapToDouble(Double::doubleValue).sum();
        return (int) Math.min(Integer.MAX_VALUE, Math.round(sum));
    }

    /** Engines have caches of one size, so that the mean is the share of all. */
    private static OptionalDouble share(Map<String, List<Double>> values) {
        return CACHE.stream()
                .map(name -> values.getOrDefault(name, List.of()))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of())
                .stream()
                .mapToDouble(Double::doubleValue)
                .average();
    }

    private static BackendException broken(String what) {
        return new BackendException(FailureKind.BROKEN_REPLY, "/metrics cannot be read: " + what);
    }
}
