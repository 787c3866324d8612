package dev.signalbox.examples.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The configurations among the examples. */
final class Examples {

    static final Path FOLDER = Document.ROOT.resolve("examples/configurations");

    private Examples() {}

    /** Every configuration that is shipped, here and elsewhere. */
    static List<Path> shipped() throws IOException {
        List<Path> all = new ArrayList<>(List.of(Document.ROOT.resolve("server/src/dist/conf/signalbox.yaml")));
        for (Path folder : List.of(FOLDER, Document.ROOT.resolve("examples/tasks"))) {
            all.addAll(in(folder));
        }
        return all;
    }

    /** Those in the folder of configurations. */
    static List<Path> all() throws IOException {
        return in(FOLDER);
    }

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** A copy in that folder, with other addresses in place of those that are written. */
    static Path copy(String name, Map<String, String> addresses, Path folder) throws IOException {
        String text = Files.readString(FOLDER.resolve(name));
        for (Map.Entry<String, String> each : addresses.entrySet()) {
            if (!text.contains(each.getKey())) {
                throw new AssertionError("%s does not name %s".formatted(name, each.getKey()));
            }
            text = text.replace(each.getKey(), each.getValue());
        }
        return Files.writeString(folder.resolve(name), text);
    }
}
