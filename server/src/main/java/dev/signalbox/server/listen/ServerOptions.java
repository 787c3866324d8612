package dev.signalbox.server.listen;

import dev.signalbox.api.Priority;
import dev.signalbox.server.ingress.IngressSettings;
import dev.signalbox.server.ingress.TaskSettings;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the sections {@code server} and {@code callers} may say. */
public final class ServerOptions {

    static final Option<String> HOST = Option.text("host")
            .doc("The name or address to listen on. `0.0.0.0` listens on all; then configure `callers` too.")
            .orElse("127.0.0.1");
    static final Option<Long> PORT = Option.integer("port", 0, 65_535)
            .doc("The port. 0 takes a free one.")
            .orElse(8484L);
    static final Option<Optional<Long>> OLLAMA_PORT = Option.integer("ollama-port", 0, 65_535)
            .doc(
                    "A second port with all the same, such as 11434: for tools that look for Ollama there and cannot be told"
                            + " another place. `max-requests` counts for each of the two. 0 takes a free one.")
            .optional();
    static final Option<List<String>> HOSTS = Option.listOf("hosts", Option.text("name"))
            .doc("Further names clients may call this server by, such as `studio.local`. Others are refused, so that no"
                    + " stranger's web page can reach it by a name of its own.")
            .orElse(List.of());
    static final Option<List<String>> ORIGINS = Option.listOf("origins", Option.text("origin"))
            .doc("Web pages that may ask from within a browser, such as `https://chat.example`, beside those of this"
                    + " machine. `*` lets all of them.")
            .orElse(List.of());
    static final Option<Long> MAX_BODY = Option.size("max-body", 1 << 10, 1L << 40)
            .doc("The largest body of a request.")
            .orElse(IngressSettings.DEFAULT.maxBody());
    static final Option<Long> MAX_REQUESTS = Option.integer("max-requests", 1, 1_000_000)
            .doc("How many requests are answered at once; others are told to come back.")
            .orElse((long) IngressSettings.DEFAULT.maxRequests());
    static final Option<Duration> HEARTBEAT_AFTER = Option.duration(
                    "heartbeat-after", Duration.ofSeconds(1), Duration.ofHours(1))
            .doc("After how long without a byte a streamed answer is kept alive by harmless frames.")
            .orElse(IngressSettings.DEFAULT.heartbeatAfter());
    static final Option<Duration> HEARTBEAT_EVERY = Option.duration(
                    "heartbeat-every", Duration.ofSeconds(1), Duration.ofHours(1))
            .doc("How long until the next of them.")
            .orElse(IngressSettings.DEFAULT.heartbeatEvery());
    static final Option<Duration> CLIENT_TIMEOUT = Option.duration(
                    "client-timeout", Duration.ofSeconds(1), Duration.ofHours(1))
            .doc("How long a client may be silent in the middle of sending a request.")
            .orElse(IngressSettings.DEFAULT.clientTimeout());
    static final Option<Duration> WRITE_TIMEOUT = Option.duration(
                    "write-timeout", Duration.ofSeconds(1), Duration.ofDays(1))
            .doc("How long a client may take nothing of an answer that is there for it. Then it counts as gone.")
            .orElse(IngressSettings.DEFAULT.writeTimeout());
    static final Option<Duration> GRACE = Option.duration("grace", Duration.ZERO, Duration.ofHours(1))
            .doc("How long answers that have begun may go on when the server is told to stop.")
            .orElse(Duration.ofSeconds(30));

    static final Option<Optional<Path>> CERTIFICATE = Option.file("certificate")
            .doc("The certificate and those it was signed with, as PEM.")
            .optional();
    static final Option<Optional<Path>> KEY = Option.file("key")
            .doc("The certificate's private key, as PEM without a password.")
            .optional();
    static final Option<Optional<Path>> KEYSTORE = Option.file("keystore")
            .doc("A PKCS#12 file with both, instead of the two.")
            .optional();
    static final Option<Optional<String>> PASSWORD = Option.text("password")
            .doc("The password of the keystore.")
            .secret()
            .optional();
    static final Option<Optional<PluginConfig>> TLS = Option.group("tls", List.of(CERTIFICATE, KEY, KEYSTORE, PASSWORD))
            .doc("Speaks HTTPS with this certificate: `certificate` and `key`, or a `keystore`.")
            .optional();

    static final Option<Optional<String>> TASKS_PREFIX = Option.text("prefix")
            .doc("What their paths begin with: `/tasks`, or `/` on a port of their own.")
            .optional();

    static final Option<Optional<Long>> TASKS_PORT = Option.integer("port", 0, 65_535)
            .doc("A port of their own, where nothing else is served. 0 takes a free one.")
            .optional();

    static final Option<Long> BATCH_ITEMS = Option.integer("batch-items", 1, 10_000)
            .doc("How many tasks a batch may have.")
            .orElse((long) TaskSettings.DEFAULT.batchItems());

    static final Option<Long> BATCH_AT_ONCE = Option.integer("batch-at-once", 1, 1_000)
            .doc("How many tasks of a batch are done at once.")
            .orElse((long) TaskSettings.DEFAULT.batchAtOnce());

    static final Option<Optional<PluginConfig>> TASKS = Option.group(
                    "tasks", List.of(TASKS_PREFIX, TASKS_PORT, BATCH_ITEMS, BATCH_AT_ONCE))
            .doc("Where tasks are served, if there is a section `tasks`.")
            .optional();

    /** What the section {@code server} may say, in the order of the reference page. */
    public static final List<Option<?>> SERVER = List.of(
            HOST,
            PORT,
            OLLAMA_PORT,
            HOSTS,
            ORIGINS,
            MAX_BODY,
            MAX_REQUESTS,
            HEARTBEAT_AFTER,
            HEARTBEAT_EVERY,
            CLIENT_TIMEOUT,
            WRITE_TIMEOUT,
            GRACE,
            TLS,
            TASKS);

    static final Option<String> CALLER_KEY = Option.text("key")
            .doc("The caller's API key, sent as `Authorization: Bearer` or `x-api-key`.")
            .secret();
    static final Option<List<String>> SCOPES = Option.listOf("scopes", Option.word("scope", List.of("admin")))
            .doc("What the caller may do beyond asking models: `admin` may look at targets and traces.")
            .orElse(List.of());

    static final Option<Optional<Priority>> PRIORITY = Option.choice("priority", Priority.class)
            .doc("How urgent the caller's requests are, unless they, an alias or a profile say so.")
            .optional();

    /** What a caller may say. */
    public static final List<Option<?>> CALLER = List.of(CALLER_KEY, SCOPES, PRIORITY);

    private ServerOptions() {}
}
