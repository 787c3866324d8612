package dev.signalbox.server;

import dev.signalbox.core.Configuration;
import dev.signalbox.core.Plugins;
import dev.signalbox.core.Router;
import dev.signalbox.server.listen.Listening;
import dev.signalbox.server.listen.ListeningReader;
import dev.signalbox.server.listen.ListeningReader.Overrides;
import dev.signalbox.spi.Problems;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The whole of it, as a configuration says: server, router and the plugins of the distribution. */
public final class Configured implements AutoCloseable {

    private final Router router;
    private final Served server;

    private Configured(Router router, Served server) {
        this.router = router;
        this.server = server;
    }

    public static Configured by(String yaml) throws IOException {
        Path file = Files.writeString(Files.createTempFile("signalbox", ".yaml"), yaml);
        try {
            return read(file);
        } finally {
            Files.delete(file);
        }
    }

    private static Configured read(Path file) {
        Configuration configuration = Configuration.read(file);
        Plugins plugins = Plugins.discovered();
        Problems problems = new Problems();
        Listening listening =
                new ListeningReader(problems).read(configuration, new Overrides(Optional.empty(), Optional.of(0)));
        configuration.check(plugins, problems);
        problems.throwIfAny();
        Router router =
                Router.builder().plugins(plugins).configuration(configuration).build();
        return new Configured(router, Served.of(router, listening));
    }

    public HttpResponse<String> chat(String model, String text, String... headers) throws Exception {
        return server.post(
                "/v1/chat/completions",
                "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(model, text),
                headers);
    }

    public HttpResponse<String> stream(String model, String text, String... headers) throws Exception {
        return server.post(
                "/v1/chat/completions",
                "{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                        .formatted(model, text),
                headers);
    }

    /** A stream that is to be cut before its end. */
    public Served.Cut cut(String model, String text) throws Exception {
        return server.cut(
                "/v1/chat/completions",
                "{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                        .formatted(model, text));
    }

    public Served server() {
        return server;
    }

    public Router router() {
        return router;
    }

    @Override
    public void close() {
        server.close();
        router.close();
    }
}
