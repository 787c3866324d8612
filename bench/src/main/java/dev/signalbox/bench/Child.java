package dev.signalbox.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process the bench has started in a folder of its own. It ends both, also when the bench itself is ended. */
final class Child implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LINES_SHOWN = 20;

    /** What would make a child differ from what is shipped. */
    private static final List<String> NOT_INHERITED =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS", "CLASSPATH");

    private final Process process;
    private final Folder folder;
    private final Path log;
    private final Thread atExit = Thread.ofPlatform().unstarted(this::end);

    private Child(Process process, Folder folder, Path log) {
        this.process = process;
        this.folder = folder;
        this.log = log;
    }

    /** Starts a command in that folder, with its output in a file there; the folder is the child's from then on. */
    static Child start(List<String> command, Folder folder) throws IOException {
        Path log = folder.path().resolve("output.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SIGNALBOX_") || NOT_INHERITED.contains(name));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home")); // the JDK the report names
        Child child = new Child(builder.start(), folder, log);
        Runtime.getRuntime().addShutdownHook(child.atExit);
        return child;
    }

    ProcessTree tree() {
        return new ProcessTree(process.toHandle());
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Tells the last lines the process has written. */
    String lastWords() {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LINES_SHOWN), all.size()));
        } catch (IOException | UncheckedIOException e) {
            return "(its output cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Ends the process and everything it started, in order first and by force after ten seconds; deletes the folder. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }

    private void end() {
        List<ProcessHandle> all = Stream.concat(
                        Stream.of(process.toHandle()), process.toHandle().descendants())
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
        folder.close();
    }
}
