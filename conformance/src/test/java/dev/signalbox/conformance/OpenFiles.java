package dev.signalbox.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process holds open, each by the name that Linux gives it: {@code socket:[4711]}, or the path of a file, even
 * if that was deleted. Other systems do not tell, and there nothing is ever seen open.
 */
record OpenFiles(List<String> names) {

    private static final Path ALL = Path.of("/proc/self/fd");

    OpenFiles {
        names = List.copyOf(names);
    }

    /** As it is now. */
    static OpenFiles now() {
        if (!Files.isDirectory(ALL)) {
            return new OpenFiles(List.of());
        }
        try (Stream<Path> files = Files.list(ALL)) {
            return new OpenFiles(files.flatMap(OpenFiles::name).toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Those in a folder. */
    List<String> in(Path folder) {
        return names.stream().filter(name -> name.startsWith(folder + "/")).toList();
    }

    private static Stream<String> name(Path file) {
        try {
            return Stream.of(Files.readSymbolicLink(file).toString());
        } catch (IOException closed) {
            return Stream.of();
        }
    }
}
