package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The distribution as it was packed, unpacked by somebody who has a home, a folder to work in and a cache of their own. */
final class Distribution {

    private final Path home;
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> options = new ArrayList<>();

    private Distribution(Path folder, Path home) {
        this.folder = folder;
        this.home = home;
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("HOME", folder("user").toString());
        options.add("--cache-dir=" + cache());
        options.add("--no-start-cache"); // making it takes seconds of all processors
    }

    /** Unpacks it there. */
    static Distribution unpackedIn(Path folder) throws IOException {
        Path real = folder.toRealPath();
        Path home = real.resolve("signal box");
        copy(packed(), home);
        return new Distribution(real, home);
    }

    /** Where the build packed it. */
    static Path packed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("signalbox-"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Its own folder. */
    Path home() {
        return home;
    }

    Path cache() {
        return folder("a cache");
    }

    /** A folder beside the installation. */
    Path folder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /** With these options of every command, and none of those it would have otherwise. */
    Distribution with(String... others) {
        options.clear();
        options.addAll(List.of(others));
        return this;
    }

    /** A configuration. */
    Path configured(String yaml) throws IOException {
        return Files.writeString(folder("etc").resolve("signalbox.yaml"), yaml);
    }

    /** Runs a command to its end. */
    Script.Result run(String... arguments) throws IOException, InterruptedException {
        Script script = new Script(home.resolve("bin/signalbox"), folder("work"));
        environment.forEach(script::with);
        return script.run(Stream.concat(Stream.of(arguments), options.stream()).toArray(String[]::new));
    }

    /** Starts a server on a free port. */
    RunningServer serve(String... more) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/signalbox").toString(), "serve", "--port", "0"));
        command.addAll(List.of(more));
        command.addAll(options);
        return start(command);
    }

    /** Starts a server by any command. */
    RunningServer start(List<String> command) throws IOException {
        return RunningServer.start(command, environment, folder("work"));
    }

    /** Every file of a folder with its size and time. */
    static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(file -> !Files.isDirectory(file)).toList()) {
                contents.put(
                        folder.relativize(file).toString(),
                        Files.size(file) + " bytes, " + Files.getLastModifiedTime(file));
            }
        }
        return contents;
    }

    /** The only file of the cache that lets starts be faster. */
    Path startCache() throws IOException {
        try (Stream<Path> files = Files.list(cache())) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".aot")).toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }
}
