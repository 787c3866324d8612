package dev.signalbox.ledger.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Has the code of SQLite unpacked beside the ledger, where we may write, and not into the folder for temporary files, from
 * which nothing may be run in many containers. What killed processes have left there goes first.
 */
final class NativeCode {

    private static final String PROPERTY = "org.sqlite.tmpdir";

    private NativeCode() {}

    static void keepIn(Path folder) throws IOException {
        if (System.getProperty(PROPERTY) != null) {
            return; // somebody knows better, or it is loaded already
        }
        Files.createDirectories(folder);
        for (Path left : list(folder)) {
            Files.deleteIfExists(left);
        }
        System.setProperty(PROPERTY, folder.toAbsolutePath().toString());
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
