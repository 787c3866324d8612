package dev.signalbox.backend.http;

import dev.signalbox.backend.http.transport.HttpTransport;
import dev.signalbox.backend.http.transport.SocketTransport;
import dev.signalbox.backend.http.transport.Tls;
import dev.signalbox.backend.http.transport.TransportOptions;
import dev.signalbox.backend.http.transport.WebClientTransport;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.PluginConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the transport that configuration asks for. */
final class Transports {

    private Transports() {}

    static HttpTransport of(PluginConfig config) {
        TransportOptions options = TransportOptions.standard()
                .connectLimit(config.get(HttpOptions.CONNECT_LIMIT))
                .tls(trust(config));
        return switch (config.get(HttpOptions.TRANSPORT)) {
            case SOCKET -> new SocketTransport(options);
            case WEBCLIENT -> webClient(config, options);
        };
    }

    private static HttpTransport webClient(PluginConfig config, TransportOptions options) {
        try {
            return new WebClientTransport(options);
        } catch (NoClassDefFoundError missing) {
            throw new ConfigurationException(
                    config.where().child(HttpOptions.TRANSPORT.name()),
                    "\"webclient\" needs the jar helidon-webclient and what it needs; they are not on the class path");
        }
    }

    private static Tls trust(PluginConfig config) {
        if (config.get(HttpOptions.INSECURE)) {
            return Tls.insecure();
        }
        Optional<Path> store = config.get(HttpOptions.TRUST_STORE);
        if (store.isEmpty()) {
            return Tls.system();
        }
        try {
            return Tls.trusting(store.get());
        } catch (IOException unreadable) {
            throw new ConfigurationException(
                    config.where().child(HttpOptions.TRUST_STORE.name()), String.valueOf(unreadable.getMessage()));
        }
    }
}
