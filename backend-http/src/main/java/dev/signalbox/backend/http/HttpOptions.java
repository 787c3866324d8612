package dev.signalbox.backend.http;

import dev.signalbox.api.Dialect;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Option;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of every backend that speaks HTTP. */
public final class HttpOptions {

    /** Whose key opens the server. */
    public enum Credentials {
        /** The one configured here. */
        OWN,
        /** The one the client sent. */
        CLIENT
    }

    /** How bytes get there. */
    public enum Transport {
        /** A lean client of our own. */
        SOCKET,
        /** Helidon's, for proxies. */
        WEBCLIENT
    }

    /** Where it listens. */
    public static final Option<URI> BASE_URL = Option.uri("base-url")
            .doc("Where the server listens, with or without `/v1`. Its host name tells which machine it is on.");

    /** The key to send. */
    public static final Option<Optional<String>> API_KEY = Option.text("api-key")
            .doc("The key to send as `Authorization: Bearer`. Nothing is sent without it.")
            .secret()
            .optional();

    /** Headers to add. */
    public static final Option<Map<String, String>> HEADERS = Option.mapOf(
                    "headers", Option.text("value").secret())
            .doc("Headers to add to every request to this server.")
            .orElse(Map.of());

    /** Paths that differ. */
    public static final Option<Map<String, String>> PATHS = Option.mapOf(
                    "paths",
                    Option.text("path"),
                    "a dialect",
                    Dialect.KNOWN.stream().map(Dialect::id).toList())
            .doc("Paths that differ from the usual ones, by dialect: `{ openai.chat: /api/chat/completions }`.")
            .orElse(Map.of());

    /** Members to merge under the request. */
    public static final Option<Map<String, ConfigNode>> BODY = Option.mapOf("body", Option.node("value", "any value"))
            .doc("Members to add to every request that does not have them; the request wins.")
            .orElse(Map.of());

    /** Client headers that cross. */
    public static final Option<List<String>> PASS_HEADERS = Option.listOf("pass-headers", Option.text("header"))
            .doc(
                    "Client headers to pass on, beside `anthropic-version`, `anthropic-beta`, `traceparent` and `openai-*`.")
            .orElse(List.of());

    /** Whose key. */
    public static final Option<Credentials> CREDENTIALS = Option.choice("credentials", Credentials.class)
            .doc("Whose key opens the server: `own`, the one configured here, or `client`, the one the client sent. A"
                    + " key that stands under `callers` is ours and never crosses; such a client sends two, one as"
                    + " `Authorization: Bearer` and one as `x-api-key`.")
            .orElse(Credentials.OWN);

    /** How bytes get there. */
    public static final Option<Transport> TRANSPORT = Option.choice("transport", Transport.class)
            .doc("How bytes get there: `socket`, or `webclient`, which costs more and knows proxies.")
            .orElse(Transport.SOCKET);

    /** What stands in between. */
    public static final Option<Optional<URI>> PROXY = Option.uri("proxy")
            .doc("An HTTP proxy to go through, such as `http://proxy:3128`. Needs `transport: webclient`.")
            .optional();

    /** How long a connection may take. */
    public static final Option<Duration> CONNECT_LIMIT = Option.duration(
                    "connect-limit", Duration.ofMillis(100), Duration.ofMinutes(1))
            .doc("How long looking the name up, connecting and securing the connection may take together.")
            .orElse(Duration.ofSeconds(5));

    /** Whom to trust. */
    public static final Option<Optional<Path>> TRUST_STORE = Option.file("trust-store")
            .doc("Certificates to trust instead of the system's: a PEM file or a key store.")
            .optional();

    /** What opens the trust store. */
    public static final Option<Optional<String>> TRUST_STORE_PASSWORD = Option.text("trust-store-password")
            .doc("The password of the trust store, if it is a key store that has one.")
            .secret()
            .optional();

    /** Who we are. */
    public static final Option<Optional<Path>> KEY_STORE = Option.file("key-store")
            .doc("A key store with the key and certificate to show to servers that ask for one.")
            .optional();

    /** What opens the key store. */
    public static final Option<Optional<String>> KEY_STORE_PASSWORD = Option.text("key-store-password")
            .doc("The password of the key store and its key.")
            .secret()
            .optional();

    /** Whether to trust anybody. */
    public static final Option<Boolean> INSECURE = Option.flag("insecure")
            .doc("Trusts any certificate and any host name. For a test on a desk, never for a key that matters.")
            .orElse(false);

    private HttpOptions() {}

    /** These options with a default address, and those of the type itself, which stand for shared ones of their names. */
    public static List<Option<?>> with(String baseUrl, Option<?>... own) {
        return joined(shared(BASE_URL.orElse(URI.create(baseUrl))), List.of(own));
    }

    /** These options with an address that must be given, and those of the type itself. */
    public static List<Option<?>> with(Option<?>... own) {
        return joined(shared(BASE_URL), List.of(own));
    }

    private static List<Option<?>> joined(List<Option<?>> shared, List<Option<?>> own) {
        Map<String, Option<?>> all = new LinkedHashMap<>();
        shared.forEach(option -> all.put(option.name(), option));
        own.forEach(option -> all.put(option.name(), option));
        return List.copyOf(all.values());
    }

    private static List<Option<?>> shared(Option<URI> baseUrl) {
        return List.of(
                baseUrl,
                API_KEY,
                HEADERS,
                PATHS,
                BODY,
                PASS_HEADERS,
                CREDENTIALS,
                TRANSPORT,
                PROXY,
                CONNECT_LIMIT,
                TRUST_STORE,
                TRUST_STORE_PASSWORD,
                KEY_STORE,
                KEY_STORE_PASSWORD,
                INSECURE);
    }
}
