package dev.signalbox.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary folder of one contender, deleted with all that is in it. */
record Folder(Path path) implements AutoCloseable {

    static Folder create() throws IOException {
        Path path = Files.createTempDirectory("signalbox-bench-");
        // nginx started by root runs its workers as somebody else
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Folder(path);
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + path + " (" + e.getMessage() + ")");
        }
    }
}
