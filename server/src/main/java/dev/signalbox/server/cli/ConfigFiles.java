package dev.signalbox.server.cli;

import dev.signalbox.server.listen.ListeningReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a configuration is looked for. */
final class ConfigFiles {

    private static final String NAME = "signalbox.yaml";

    private final Map<String, String> environment;
    private final List<Path> usual;

    /** That of the distribution, which is all comments until somebody writes into it. */
    private final Optional<Path> shipped;

    private ConfigFiles(Map<String, String> environment, List<Path> usual, Optional<Path> shipped) {
        this.environment = Map.copyOf(environment);
        this.usual = List.copyOf(usual);
        this.shipped = shipped;
    }

    /** Those of this process. */
    static ConfigFiles ofProcess() {
        List<Path> usual = List.of(
                Path.of(NAME),
                Path.of(System.getProperty("user.home"), ".config", "signalbox", NAME),
                Path.of("/etc/signalbox", NAME));
        Optional<Path> shipped =
                Optional.ofNullable(System.getProperty("signalbox.home")).map(home -> Path.of(home, "conf", NAME));
        return new ConfigFiles(System.getenv(), usual, shipped);
    }

    /** Only what is named by option. */
    static ConfigFiles none() {
        return new ConfigFiles(Map.of(), List.of(), Optional.empty());
    }

    /** Only what is named by option, or is here, or there. */
    static ConfigFiles of(Path usual, Path shipped) {
        return new ConfigFiles(Map.of(), List.of(usual), Optional.of(shipped));
    }

    /** The file that was named, by option or environment, whether or not it is there; else the first there is. */
    Optional<Path> find(String option) {
        if (!option.isEmpty()) {
            return Optional.of(Path.of(option));
        }
        String named = environment.getOrDefault("SIGNALBOX_CONFIG", "").strip();
        return named.isEmpty()
                ? Stream.concat(
                                usual.stream().filter(Files::exists),
                                shipped.stream().filter(Files::exists).filter(ConfigFiles::saysSomething))
                        .findFirst()
                : Optional.of(Path.of(named));
    }

    /** Where it is looked for, in order. */
    List<Path> places() {
        return Stream.concat(usual.stream(), shipped.stream()).toList();
    }

    private static boolean saysSomething(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(String::strip).anyMatch(line -> !line.isEmpty() && !line.startsWith("#"));
        } catch (IOException | UncheckedIOException unreadable) { // whoever reads it says why
            return true;
        }
    }

    /** The one there has to be. */
    Path need(String option) {
        return find(option)
                .orElseThrow(() -> new Trouble(
                        "There is no configuration. Looked for: %s. \"signalbox init\" writes one; --config names another."
                                .formatted(String.join(
                                        ", ",
                                        places().stream().map(Path::toString).toList()))));
    }

    /** What the environment says of host and port. */
    ListeningReader.Overrides overrides() {
        Optional<String> host = Optional.ofNullable(environment.get("SIGNALBOX_SERVER_HOST"))
                .map(String::strip)
                .filter(said -> !said.isEmpty());
        return new ListeningReader.Overrides(
                host,
                Optional.ofNullable(environment.get("SIGNALBOX_SERVER_PORT")).map(ConfigFiles::port));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notOne) {
            // told below, like every other text that is no port
        }
        throw new Trouble("SIGNALBOX_SERVER_PORT is \"%s\", which is not a port, 0 to 65535.".formatted(text));
    }
}
