package dev.signalbox.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The router as it is shipped: the built distribution's own start script, with its own JVM flags. */
final class Signalbox {
    private static final Path BUILT = Path.of("server", "target");
    private static final Path SCRIPT = Path.of("bin", "signalbox");
    private static final int DEPTH = 4;

    private Signalbox() {}

    /** Starts it before that upstream and waits until it answers. */
    static Contender start(Upstream upstream) throws IOException, InterruptedException {
        return start("Signalbox", upstream, List.of("bench"), "");
    }

    /**
     * Starts one with a chain of several targets.
     *
     * @param name what it is called among contenders
     * @param models of the one upstream, in the order of the chain
     * @param more further sections
     */
    static Contender start(String name, Upstream upstream, List<String> models, String more)
            throws IOException, InterruptedException {
        Path script = script();
        Folder folder = Folder.create();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Ready.freePort());
        Path configuration = folder.path().resolve("signalbox.yaml");
        Files.writeString(configuration, configuration(address, upstream, models) + more);
        String state = folder.path().resolve("state").toString(); // not where somebody keeps real books
        List<String> serve = List.of(
                script.toString(),
                "serve",
                "--no-start-cache", // a second JVM would make it, whose time would be taken for the router's
                "--config",
                configuration.toString(),
                "--state-dir",
                state);
        Child child = Child.start(serve, folder);
        return Contender.of(name, address, child);
    }

    /** Tells what is measured, such as "signalbox-1.0.0". */
    static String name() throws IOException {
        return String.valueOf(script().resolveSibling("..").normalize().getFileName());
    }

    private static String configuration(InetSocketAddress address, Upstream upstream, List<String> models) {
        return """
            server: { host: 127.0.0.1, port: %d }
            backends:
              up: { type: openai, base-url: "http://127.0.0.1:%d/v1", models: { %s } }
            profiles:
              bench: { chain: [ %s ] }
            default: bench
            """.formatted(
                        address.getPort(),
                        upstream.address().getPort(),
                        joined(models, "%s: { context: 131072, memory: 8GiB, token-memory: 64KiB }"),
                        joined(models, "up/%s"));
    }

    private static String joined(List<String> models, String each) {
        return models.stream().map(each::formatted).collect(Collectors.joining(", "));
    }

    private static Path script() throws IOException {
        if (!Files.isDirectory(BUILT)) {
            throw notBuilt();
        }
        try (Stream<Path> found =
                Files.find(BUILT, DEPTH, (path, attributes) -> path.endsWith(SCRIPT) && Files.isExecutable(path))) {
            return found.max(Comparator.naturalOrder())
                    .orElseThrow(Signalbox::notBuilt)
                    .toAbsolutePath();
        }
    }

    private static BenchException notBuilt() {
        return new BenchException("There is no signalbox-*/" + SCRIPT + " in " + BUILT
                + ". Build it first: ./mvnw -q -pl bench -am -DskipTests package");
    }
}
