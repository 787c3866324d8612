package dev.signalbox.conformance;

import dev.signalbox.api.TargetReport;
import dev.signalbox.core.Configuration;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.Router;
import dev.signalbox.core.RouterBuilder;
import dev.signalbox.server.listen.Listener;
import dev.signalbox.server.listen.ListeningReader;
import dev.signalbox.server.listen.ListeningReader.Overrides;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.RouterEvent;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Signalbox as its users run it, from a configuration file, at a free port; and a client that hides nothing. */
final class Signalbox implements AutoCloseable {

    private static final Overrides FREE_PORT = new Overrides(Optional.empty(), Optional.of(0));

    private final Router router;
    private final Listener listener;
    private final AtomicInteger requests;
    private final HttpClient client = HttpClient.newHttpClient();

    private Signalbox(Router router, Listener listener, AtomicInteger requests) {
        this.router = router;
        this.listener = listener;
        this.requests = requests;
    }

    /** Starts one with this configuration, a format for the values behind it. */
    static Signalbox configured(String yaml, Object... values) throws IOException {
        return started(read(yaml.formatted(values)), UnaryOperator.identity());
    }

    /** Starts one with this configuration and a guard that no configuration names. */
    static Signalbox guarded(GuardFactory guard, String yaml) throws IOException {
        return started(
                read(yaml), builder -> builder.plugins(Plugins.discovered()).guard(guard, options -> options));
    }

    private static Signalbox started(Configuration configuration, UnaryOperator<RouterBuilder> more) {
        Problems problems = new Problems();
        var listening = new ListeningReader(problems).read(configuration, FREE_PORT);
        problems.throwIfAny();
        AtomicInteger requests = new AtomicInteger();
        Router router = more.apply(Router.builder().configuration(configuration))
                .listener(event -> {
                    if (event instanceof RouterEvent.Received) {
                        requests.incrementAndGet();
                    }
                })
                .build();
        return new Signalbox(router, Listener.start(router, listening), requests);
    }

    /** What clients of OpenAI are told as their base URL. */
    String baseUrl() {
        return listener.uri() + "/v1";
    }

    /** What clients of Anthropic are told as theirs. */
    String address() {
        return listener.uri().toString();
    }

    /** How many requests have come so far, answered or not. */
    int requests() {
        return requests.get();
    }

    /** How every target is. */
    List<TargetReport> targets() {
        return router.targets();
    }

    /** Posts JSON to a path under {@code /v1} and reads the whole answer. */
    HttpResponse<String> post(String path, String json, String... headers) throws IOException, InterruptedException {
        return client.send(posting(path, json, headers), BodyHandlers.ofString());
    }

    /** Posts JSON to a path under {@code /v1}; the answer may be cut. */
    HttpResponse<InputStream> open(String path, String json) throws IOException, InterruptedException {
        return client.send(posting(path, json), BodyHandlers.ofInputStream());
    }

    private HttpRequest posting(String path, String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    @Override
    public void close() {
        client.shutdownNow();
        listener.close();
        router.close();
    }

    private static Configuration read(String yaml) throws IOException {
        Path file = Files.createTempFile("signalbox", ".yaml");
        try {
            return Configuration.read(Files.writeString(file, yaml));
        } finally {
            Files.delete(file);
        }
    }
}
