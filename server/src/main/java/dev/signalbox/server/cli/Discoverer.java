package dev.signalbox.server.cli;

import dev.signalbox.core.Plugins;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Discovery;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks for model servers where they usually listen on this machine: one harmless request each, all at once, without
 * credentials, following nothing, a second and 256 KiB at most. Whoever says more is nobody we know. Whoever is late is asked
 * once more: on a busy machine a JVM that has just started spends the first second on itself.
 */
final class Discoverer {

    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final int LARGEST = 256 * 1024;

    /** What we answer with ourselves: of no use to us, and a circle at worst. */
    private static final String OURSELVES = "Signalbox";

    private final Plugins plugins;
    private final UsualPlaces places;
    private final Sieve sieve;

    /** A server of a type, where it was found. */
    record Found(String type, Discovery discovery) {}

    /** One that leaves out whatever does not pass the sieve. */
    Discoverer(Plugins plugins, UsualPlaces places, Sieve sieve) {
        this.plugins = plugins;
        this.places = places;
        this.sieve = sieve;
    }

    /**
     * Everything that was recognised, in the order of the types.
     *
     * @param ownPort the port this server listens on itself, left out; 0 for none
     */
    List<Found> look(int ownPort) throws InterruptedException {
        List<Future<Optional<Found>>> looks = new ArrayList<>();
        List<Found> found = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long end = System.nanoTime() + 3 * LIMIT.toNanos();
            for (BackendFactory factory : plugins.all(BackendFactory.class)) {
                for (Discovery usual : usual(factory)) {
                    places.here(usual)
                            .filter(place -> place.probe().getPort() != ownPort)
                            .ifPresent(place -> looks.add(threads.submit(() -> twice(factory, place))));
                }
            }
            for (Future<Optional<Found>> look : looks) {
                result(look, end)
                        .filter(each ->
                                sieve.passes(each.type(), each.discovery().settings()))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private List<Discovery> usual(BackendFactory factory) {
        return sieve.ask(factory, () -> List.copyOf(factory.discoveries())).orElse(List.of());
    }

    private static Optional<Found> result(Future<Optional<Found>> look, long end) throws InterruptedException {
        try {
            return look.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException nobody) {
            look.cancel(true);
            return Optional.empty();
        }
    }

    private Optional<Found> twice(BackendFactory factory, Discovery place) throws IOException {
        try {
            return look(factory, place);
        } catch (SocketTimeoutException late) {
            return look(factory, place);
        }
    }

    private Optional<Found> look(BackendFactory factory, Discovery place) throws IOException {
        HttpURLConnection connection = OlderClient.to(place.probe(), LIMIT);
        connection.setRequestProperty("Connection", "close");
        try (InputStream body = OlderClient.answer(connection)) {
            byte[] read = body.readNBytes(LARGEST + 1);
            boolean toBeJudged = read.length <= LARGEST && !OURSELVES.equals(connection.getHeaderField("Server"));
            Discovery.Answer answer = answer(connection, read);
            return toBeJudged
                    ? sieve.ask(factory, () -> place.recognises().test(answer))
                            .filter(recognised -> recognised)
                            .map(recognised -> new Found(factory.type(), place))
                    : Optional.empty();
        } finally {
            connection.disconnect();
        }
    }

    private static Discovery.Answer answer(HttpURLConnection connection, byte[] body) throws IOException {
        String contentType = Optional.ofNullable(connection.getContentType()).orElse("");
        return new Discovery.Answer(
                connection.getResponseCode(), contentType, new String(body, StandardCharsets.UTF_8));
    }
}
