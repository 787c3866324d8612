package dev.signalbox.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs one of our scripts as a user would, with nothing in its environment but what the test puts there. */
final class Script {

    /** What it ended with and what it said. */
    record Result(int status, String out, String err) {}

    private final Path file;
    private final Path workingFolder;
    private final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin:/bin"));
    private Duration patience = Duration.ofMinutes(1);

    Script(Path file, Path workingFolder) {
        this.file = file;
        this.workingFolder = workingFolder;
    }

    /** Copies a file of the sources, path from the root of the project, to where a test wants it. */
    static Path copy(String source, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Files.copy(Path.of("..").resolve(source), target);
        return executable(target);
    }

    /** Writes a script that takes the place of a real program. */
    static Path write(Path target, String... lines) throws IOException {
        Files.createDirectories(target.getParent());
        Files.writeString(target, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        return executable(target);
    }

    /** A folder that looks like an installed JDK; its `java` prints its arguments, one per line. */
    static Path jdk(Path home, String version) throws IOException {
        write(home.resolve("bin/java"), "printf '%s\\n' \"$@\"");
        write(home.resolve("bin/javac"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static Path executable(Path file) {
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    Script with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    /** Has it end within that, and not within a minute. */
    Script within(Duration limit) {
        patience = limit;
        return this;
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        File out = File.createTempFile("out", null, workingFolder.toFile());
        File err = File.createTempFile("err", null, workingFolder.toFile());
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(file.toString()), Stream.of(arguments))
                        .toList())
                .directory(workingFolder.toFile())
                .redirectOutput(out)
                .redirectError(err);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
                .as("%s ended", file)
                .isTrue();
        return new Result(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
    }

    /** The lines of what a script said. */
    static List<String> lines(String text) {
        return text.lines().toList();
    }
}
