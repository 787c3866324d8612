package dev.signalbox.testkit;

import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Discovery;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLConnection;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/**
 * A model server to be asked by a {@link ServerContract}.
 *
 * <p>For tests tagged {@code live} it really runs, and is the one that the environment names: {@code SIGNALBOX_LIVE_VLLM}
 * for the type {@code vllm}, with {@code SIGNALBOX_LIVE_VLLM_KEY} for a key and {@code SIGNALBOX_LIVE_VLLM_MODEL} for the
 * model to ask. Where the environment is silent, it is the one that answers on this machine at the usual port and is
 * recognised by its type. A server that was named is not looked at here: if it does not answer, the test is to fail.
 *
 * @param factory of its type
 * @param settings what to configure: values of the factory's options
 * @param model the model to ask; empty if any will do
 */
public record LiveServer(BackendFactory factory, Map<String, String> settings, Optional<String> model) {

    private static final String PREFIX = "SIGNALBOX_LIVE_";
    private static final int MOMENT = 1_000; // milliseconds
    private static final int LARGEST = 256 * 1024;

    public LiveServer {
        settings = Map.copyOf(settings);
    }

    /** The server of that type, or the test is skipped and says why. */
    public static LiveServer orSkip(BackendFactory factory) {
        return find(factory, System.getenv()).orElseGet(() -> skip(missing(factory)));
    }

    /** Said aloud as well, as a build shows how many tests were skipped but not why. */
    private static LiveServer skip(String reason) {
        System.out.println("Skipped: " + reason);
        return Assumptions.abort(reason);
    }

    /** A backend that talks to it, to be closed by the test. */
    public Backend backend() {
        Where where = Where.code("live " + factory.type());
        Problems problems = new Problems();
        PluginConfig config = PluginConfig.read(
                factory.options(), ConfigNode.Table.of(where, settings), "an option of " + factory.type(), problems);
        if (!problems.list().isEmpty()) {
            throw new ConfigurationException(where, problems.list().toString());
        }
        return factory.create(config, TestContext.named("live-" + factory.type()));
    }

    static Optional<LiveServer> find(BackendFactory factory, Map<String, String> environment) {
        Optional<String> model = value(environment, variable(factory, "_MODEL"));
        Optional<String> named = value(environment, variable(factory, ""));
        if (named.isEmpty()) {
            return factory.discoveries().stream()
                    .filter(LiveServer::answers)
                    .findFirst()
                    .map(place -> new LiveServer(factory, place.settings(), model));
        }
        Map<String, String> settings = new HashMap<>(Map.of("base-url", named.get()));
        value(environment, variable(factory, "_KEY")).ifPresent(key -> settings.put("api-key", key));
        return Optional.of(new LiveServer(factory, settings, model));
    }

    static String missing(BackendFactory factory) {
        List<Discovery> places = factory.discoveries();
        return "No %s was found%s, and %s names none."
                .formatted(
                        factory.type(),
                        places.stream()
                                .map(place -> " at " + place.probe())
                                .distinct()
                                .collect(Collectors.joining(" or")),
                        variable(factory, ""));
    }

    /** What is set to nothing is not set. */
    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static String variable(BackendFactory factory, String what) {
        return PREFIX + factory.type().toUpperCase(Locale.ROOT).replace('-', '_') + what;
    }

    private static boolean answers(Discovery place) {
        try {
            return onThisMachine(place.probe()) && place.recognises().test(ask(place.probe()));
        } catch (IOException nobody) {
            return false;
        }
    }

    private static Discovery.Answer ask(URI address) throws IOException {
        URLConnection opened = address.toURL().openConnection();
        if (!(opened instanceof HttpURLConnection connection)) {
            throw new IOException(address + " is not asked over HTTP");
        }
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(MOMENT);
        connection.setReadTimeout(MOMENT);
        try {
            int status = connection.getResponseCode();
            String type = Optional.ofNullable(connection.getContentType()).orElse("");
            return new Discovery.Answer(status, type, status < 400 ? text(connection) : "");
        } finally {
            connection.disconnect();
        }
    }

    private static String text(HttpURLConnection connection) throws IOException {
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readNBytes(LARGEST), StandardCharsets.UTF_8);
        }
    }

    private static boolean onThisMachine(URI place) throws UnknownHostException {
        return InetAddress.getByName(place.getHost()).isLoopbackAddress();
    }
}
