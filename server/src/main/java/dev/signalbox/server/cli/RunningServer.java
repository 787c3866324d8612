package dev.signalbox.server.cli;

import dev.signalbox.core.Configuration;
import dev.signalbox.server.command.Argument;
import dev.signalbox.server.command.Given;
import dev.signalbox.server.listen.Listening;
import dev.signalbox.server.listen.ListeningReader;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The server that runs, for commands that ask it something; the options that say where it is. */
final class RunningServer {

    private static final Argument<String> CONFIG = ConfigFiles.argument("The configuration the server runs with.");

    private static final Argument<Optional<String>> URL = Argument.named(
            Option.text("url")
                    .doc("Where the server listens, if no configuration tells.")
                    .optional(),
            "URL");

    private static final Argument<String> KEY = Argument.named(
            Option.text("key")
                    .doc("The API key of a caller with the scope admin.")
                    .secret()
                    .orElse(""),
            "KEY");

    private final String config;
    private final Optional<String> url;
    private final String key;

    private RunningServer(String config, Optional<String> url, String key) {
        this.config = config;
        this.url = url;
        this.key = key;
    }

    /** The options that say where it is, and then those of the command that asks it. */
    static List<Argument<?>> argumentsAnd(Argument<?>... more) {
        return Stream.concat(Stream.of(CONFIG, URL, KEY), Stream.of(more)).toList();
    }

    /** The one that was meant. */
    static RunningServer of(Given given) {
        return new RunningServer(given.get(CONFIG), given.get(URL), given.get(KEY));
    }

    /** What it answers at a path of its own. */
    String get(String path) throws InterruptedException {
        return inquiry(path).answer();
    }

    /** What it answers to JSON, which comes with these headers. */
    String post(String path, byte[] json, Map<String, String> headers) throws InterruptedException {
        Inquiry inquiry = inquiry(path);
        headers.forEach(inquiry::header);
        return inquiry.post(json).answer();
    }

    private Inquiry inquiry(String path) {
        Inquiry inquiry = new Inquiry(address(), path);
        return key.isEmpty() ? inquiry : inquiry.header("Authorization", "Bearer " + key);
    }

    private String address() {
        return url.orElseGet(this::configured);
    }

    private String configured() {
        ConfigFiles files = ConfigFiles.ofProcess();
        Optional<Path> file = files.find(config);
        ListeningReader reader = new ListeningReader(new Problems());
        Listening listening = file.isPresent()
                ? reader.read(Configuration.read(file.get()), files.overrides())
                : reader.unwritten(files.overrides());
        String host =
                listening.host().equals("0.0.0.0") || listening.host().equals("::") ? "127.0.0.1" : listening.host();
        return "%s://%s:%d".formatted(listening.tls().isPresent() ? "https" : "http", host, listening.port());
    }
}
