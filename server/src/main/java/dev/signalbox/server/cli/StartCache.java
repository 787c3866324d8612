package dev.signalbox.server.cli;

import dev.signalbox.server.Main;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What lets the next start be faster: a file in which the JVM keeps the classes of an earlier start (JEP 514). The start
 * script names it by what it is good for, and uses it if it is there; this makes it, with a second JVM that starts as
 * this one did, rehearses and ends. Whatever goes wrong, the next start is a plain one.
 */
final class StartCache {

    /** Set by the start script: where the file is, or would be. */
    private static final String FILE = "signalbox.start-cache";

    /** The first Java that makes one while it runs. */
    private static final int FIRST_JAVA = 25;

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** How many are kept: those of other installations and other options are used too. */
    private static final int KEPT = 4;

    private static final List<String> NOT_REHEARSED =
            List.of("-XX:AOT", "-agent", "-javaagent", "-Dcom.sun.management", "-D" + FILE);

    /**
     * Without what the compilers of the second JVM learned: the next one would compile all of that at once, beside its start.
     * On two processors that nobody else used it answered a fifth later. Another Java may not know the option.
     */
    private static final List<String> CLASSES_ONLY =
            List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

    private final Path file;

    StartCache(Path file) {
        this.file = file;
    }

    /** That of this process; empty if this Java makes none or nobody said where. */
    static Optional<StartCache> ofProcess() {
        return Runtime.version().feature() < FIRST_JAVA
                ? Optional.empty()
                : Optional.ofNullable(System.getProperty(FILE)).map(file -> new StartCache(Path.of(file)));
    }

    Path file() {
        return file;
    }

    /** Whether it is there, and the JVM took it. */
    boolean isGood() {
        return Files.exists(file) && System.getProperty("java.vm.info", "").contains("sharing");
    }

    /**
     * Makes it, in the place of one that is there; false if another process does so right now.
     *
     * @throws IOException if it cannot be made
     * @throws InterruptedException if this process is to end; the other one ends first
     */
    boolean make() throws IOException, InterruptedException {
        Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
        Files.createDirectories(folder);
        try (FileChannel channel = FileChannel.open(
                        folder.resolve("start.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return false;
            }
            delete(in(folder, ".new", ".config")); // of one that died over it
            Path fresh = folder.resolve(file.getFileName() + ".new");
            try {
                rehearse(fresh);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
            delete(in(folder, ".aot").stream().skip(KEPT).toList());
            return true;
        }
    }

    private static void rehearse(Path fresh) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(fresh))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // they are among the options of this JVM already
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("it was not ready after %d s".formatted(LIMIT.toSeconds()));
            }
            if (process.exitValue() != 0 || !Files.exists(fresh)) {
                throw new IOException("the second JVM ended with %d".formatted(process.exitValue()));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly); // the JVM that writes it is one
            process.destroyForcibly();
        }
    }

    /** As this process was started, out of everybody's way. */
    private static List<String> command(Path fresh) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/nice"))) {
            command.addAll(List.of("/usr/bin/nice", "-n", "19"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> NOT_REHEARSED.stream().noneMatch(option::startsWith))
                .forEach(command::add);
        command.addAll(CLASSES_ONLY);
        command.add("-XX:AOTCacheOutput=" + fresh);
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), RehearseCommand.NAME));
        return command;
    }

    /** The files whose names end so, the newest first. */
    private static List<Path> in(Path folder, String... endings) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> Stream.of(endings).anyMatch(each.toString()::endsWith))
                    .sorted(Comparator.comparingLong(
                                    (Path each) -> each.toFile().lastModified())
                            .reversed())
                    .toList();
        }
    }

    private static void delete(List<Path> files) throws IOException {
        for (Path each : files) {
            Files.deleteIfExists(each);
        }
    }
}
