package dev.signalbox.server.cli;

import dev.signalbox.core.Plugins;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Discovery;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
 * credentials, following nothing, a second and 256 KiB at most.
 */
final class Discoverer {

    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final int LARGEST = 256 * 1024;

    private final Plugins plugins;

    /** A server of a type, where it was found. */
    record Found(String type, Discovery discovery) {}

    Discoverer(Plugins plugins) {
        this.plugins = plugins;
    }

    /**
     * Everything that was recognised, in the order of the types.
     *
     * @param ownPort the port this server listens on itself, left out; 0 for none
     */
    List<Found> look(int ownPort) throws InterruptedException {
        List<Future<Optional<Found>>> looks = new ArrayList<>();
        List<Found> found = new ArrayList<>();
        try (HttpClient client = client();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (BackendFactory factory : plugins.all(BackendFactory.class)) {
                for (Discovery place : factory.discoveries()) {
                    if (onThisMachine(place.probe()) && place.probe().getPort() != ownPort) {
                        looks.add(threads.submit(() -> look(client, factory.type(), place)));
                    }
                }
            }
            for (Future<Optional<Found>> look : looks) {
                result(look).ifPresent(found::add);
            }
            client.shutdownNow();
        }
        return found;
    }

    private static Optional<Found> result(Future<Optional<Found>> look) throws InterruptedException {
        try {
            return look.get(LIMIT.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException nobody) {
            look.cancel(true);
            return Optional.empty();
        }
    }

    private static Optional<Found> look(HttpClient client, String type, Discovery place) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(place.probe()).timeout(LIMIT).GET().build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                String text = new String(body.readNBytes(LARGEST), StandardCharsets.UTF_8);
                String contentType =
                        response.headers().firstValue("Content-Type").orElse("");
                return place.recognises().test(new Discovery.Answer(response.statusCode(), contentType, text))
                        ? Optional.of(new Found(type, place))
                        : Optional.empty();
            }
        } catch (IOException | RuntimeException nobody) {
            return Optional.empty();
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** A place elsewhere is none of ours to ask unasked. */
    private static boolean onThisMachine(URI place) {
        try {
            return place.getHost() != null
                    && InetAddress.getByName(place.getHost()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
