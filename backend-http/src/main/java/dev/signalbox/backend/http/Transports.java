package dev.signalbox.backend.http;

import dev.signalbox.backend.http.transport.HttpTransport;
import dev.signalbox.backend.http.transport.SocketTransport;
import dev.signalbox.backend.http.transport.Tls;
import dev.signalbox.backend.http.transport.TransportOptions;
import dev.signalbox.backend.http.transport.WebClientTransport;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Unreadable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the transport that configuration asks for. */
final class Transports {

    private Transports() {}

    static HttpTransport of(PluginConfig config) {
        TransportOptions options = TransportOptions.standard()
                .connectLimit(config.get(HttpOptions.CONNECT_LIMIT))
                .tls(presenting(trust(config), config));
        Optional<URI> proxy = config.get(HttpOptions.PROXY);
        if (config.get(HttpOptions.TRANSPORT) == HttpOptions.Transport.WEBCLIENT) {
            return webClient(options, proxy, config);
        }
        if (proxy.isPresent()) {
            throw problem(config, HttpOptions.PROXY, "only `transport: webclient` can go through a proxy");
        }
        return new SocketTransport(options);
    }

    private static HttpTransport webClient(TransportOptions options, Optional<URI> proxy, PluginConfig config) {
        try {
            return proxy.isPresent() ? new WebClientTransport(options, proxy.get()) : new WebClientTransport(options);
        } catch (NoClassDefFoundError missing) {
            throw problem(
                    config,
                    HttpOptions.TRANSPORT,
                    "\"webclient\" needs the jar helidon-webclient and what it needs; they are not there");
        }
    }

    private static Tls trust(PluginConfig config) {
        Optional<Path> store = config.get(HttpOptions.TRUST_STORE);
        if (config.get(HttpOptions.INSECURE)) {
            return Tls.insecure();
        }
        if (store.isEmpty()) {
            return Tls.system();
        }
        try {
            return Tls.trusting(store.get(), password(config, HttpOptions.TRUST_STORE_PASSWORD));
        } catch (IOException unreadable) {
            throw problem(config, HttpOptions.TRUST_STORE, Unreadable.why(store.get(), unreadable));
        }
    }

    private static Tls presenting(Tls tls, PluginConfig config) {
        Optional<Path> store = config.get(HttpOptions.KEY_STORE);
        if (store.isEmpty()) {
            return tls;
        }
        try {
            return tls.presenting(store.get(), password(config, HttpOptions.KEY_STORE_PASSWORD));
        } catch (IOException unreadable) {
            throw problem(config, HttpOptions.KEY_STORE, Unreadable.why(store.get(), unreadable));
        }
    }

    private static char[] password(PluginConfig config, Option<Optional<String>> option) {
        return config.get(option).orElse("").toCharArray();
    }

    private static ConfigurationException problem(PluginConfig config, Option<?> option, String message) {
        return new ConfigurationException(config.where().child(option.name()), message);
    }
}
