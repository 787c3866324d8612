package dev.signalbox.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of our modules as it stands on the class path: a folder of classes or a jar. */
record OwnModule(ModuleDescriptor descriptor, URL root) {

    private static final String DESCRIPTOR = "module-info.class";

    /** All of ours that the class path has, by the order of their names. */
    static List<OwnModule> onClassPath() throws IOException {
        return Collections.list(OwnModule.class.getClassLoader().getResources(DESCRIPTOR)).stream()
                .map(OwnModule::of)
                .filter(module -> module.name().startsWith("dev.signalbox."))
                .sorted(Comparator.comparing(OwnModule::name))
                .toList();
    }

    private static OwnModule of(URL url) {
        try (InputStream in = url.openStream()) {
            String text = url.toString();
            URL root = URI.create(text.substring(0, text.length() - DESCRIPTOR.length()))
                    .toURL();
            return new OwnModule(ModuleDescriptor.read(in), root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + url, e);
        }
    }

    String name() {
        return descriptor.name();
    }

    /** Whether code of that module may use that package of this one. */
    boolean exports(String packageName, OwnModule to) {
        return descriptor.exports().stream()
                .filter(exported -> exported.source().equals(packageName))
                .anyMatch(exported ->
                        !exported.isQualified() || exported.targets().contains(to.name()));
    }

    /** Lets a question be asked of all files, each with its path from the root. */
    <T> T files(Function<Map<String, byte[]>, T> question) throws IOException {
        URI uri = URI.create(root.toString());
        if (!uri.getScheme().equals("jar")) {
            return question.apply(read(Path.of(uri)));
        }
        Path jar = Path.of(URI.create(uri.getRawSchemeSpecificPart()
                .substring(0, uri.getRawSchemeSpecificPart().lastIndexOf("!/"))));
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            return question.apply(read(files.getPath("/")));
        }
    }

    private static Map<String, byte[]> read(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(file -> root.relativize(file).toString(), OwnModule::bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
