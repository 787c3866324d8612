package dev.signalbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A process with everything it started: nginx and its workers, a start script and its JVM. */
record ProcessTree(ProcessHandle root) {

    /** Tells the processor time all living processes of the tree have taken so far. */
    Duration processorTime() {
        return files("stat").map(ProcFiles::processorTime).reduce(Duration.ZERO, Duration::plus);
    }

    /** Tells the processor time that the compilers of its JVMs have taken so far; zero if it has none. */
    Duration compilerTime() {
        return processes()
                .flatMap(ProcessTree::threads)
                .flatMap(thread -> text(thread.resolve("stat")).stream())
                .filter(ProcFiles::isCompiler)
                .map(ProcFiles::processorTime)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Tells the memory that is resident now, in bytes. */
    long resident() {
        return sum("VmRSS");
    }

    /** Tells the most that was ever resident, in bytes: the sum of each process's own peak. */
    long peak() {
        return sum("VmHWM");
    }

    /** Tells the JVM options of the tree's processes that name no file. */
    List<String> jvmOptions() {
        return files("cmdline")
                .flatMap(line -> Arrays.stream(line.split("\0", -1)))
                .filter(argument -> argument.startsWith("-X") && argument.indexOf('/') < 0)
                .toList();
    }

    private long sum(String name) {
        return files("status").mapToLong(text -> ProcFiles.bytes(text, name)).sum();
    }

    private Stream<String> files(String name) {
        return processes().flatMap(folder -> text(folder.resolve(name)).stream());
    }

    /** The folders of its processes. */
    private Stream<Path> processes() {
        return Stream.concat(Stream.of(root), root.descendants())
                .map(process -> Path.of("/proc", Long.toString(process.pid())));
    }

    private static Stream<Path> threads(Path process) {
        try (Stream<Path> threads = Files.list(process.resolve("task"))) {
            return threads.toList().stream();
        } catch (IOException ended) {
            return Stream.empty();
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException ended) {
            return Optional.empty(); // what is listed may end before it is read
        }
    }
}
