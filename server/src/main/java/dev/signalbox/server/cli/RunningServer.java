package dev.signalbox.server.cli;

import dev.signalbox.core.Configuration;
import dev.signalbox.server.listen.Listening;
import dev.signalbox.server.listen.ListeningReader;
import dev.signalbox.spi.Problems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The server that runs, for commands that ask it something; the options that say where it is. */
final class RunningServer {

    @Option(
            names = "--config",
            description = "The configuration the server runs with.",
            paramLabel = "FILE",
            defaultValue = "")
    private String config = "";

    @Option(names = "--url", description = "Where the server listens, if no configuration tells.", defaultValue = "")
    private String url = "";

    @Option(names = "--key", description = "The API key of a caller with the scope admin.", defaultValue = "")
    private String key = "";

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
        if (!url.isEmpty()) {
            return url;
        }
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
