package dev.signalbox.examples.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** The configuration of a reader who follows a page: each block adds to what was written before. For one thread. */
public final class Written {

    /** What answers before anything is written. */
    private static final String NOTHING = "{ backends: { echo: { type: echo } },"
            + " profiles: { coding: { chain: [ echo/demo ] } }, default: coding }";

    /** Addresses that pages leave out, by type. */
    private static final Map<String, String> USUAL =
            Map.of("ollama", "http://localhost:11434", "anthropic", "https://api.anthropic.com");

    /** Leaves {@code yes} and {@code off} the words that they are to Signalbox. */
    private static final Resolver WORDS = new Resolver() {
        @Override
        public void addImplicitResolver(Tag tag, Pattern form, String first, int limit) {
            if (!tag.equals(Tag.BOOL)) {
                super.addImplicitResolver(tag, form, first, limit);
            }
        }
    };

    private final Neighbours neighbours;
    private final Path file;
    private Map<String, Object> root = new LinkedHashMap<>();

    /** One in that folder, with the true addresses of these neighbours. */
    public Written(Neighbours neighbours, Path folder) throws IOException {
        this.neighbours = neighbours;
        this.file = folder.resolve("signalbox.yaml");
        Files.writeString(file, NOTHING);
    }

    /** Adds a block. */
    public void add(String yaml) throws IOException {
        Map<String, Object> block = yaml().load(yaml);
        root = root.isEmpty() ? block : merged(root, block);
        usual(root);
        Files.writeString(file, neighbours.found(yaml().dump(root)));
    }

    private static Yaml yaml() {
        LoaderOptions loading = new LoaderOptions();
        DumperOptions dumping = new DumperOptions();
        return new Yaml(new SafeConstructor(loading), new Representer(dumping), dumping, loading, WORDS);
    }

    /** Where it stands. */
    public Path file() {
        return file;
    }

    /** A profile or backend that is written again replaces the old one; everything else is added to what is there. */
    private static Map<String, Object> merged(Map<String, Object> old, Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(old);
        more.forEach((name, value) -> all.merge(name, value, Written::both));
        return all;
    }

    private static Object both(Object old, Object more) {
        if (old instanceof Map<?, ?> first && more instanceof Map<?, ?> second) {
            Map<Object, Object> all = new LinkedHashMap<>(first);
            all.putAll(second);
            return all;
        }
        return more;
    }

    /** Writes the usual address of a server where the page leaves it out. */
    @SuppressWarnings("unchecked")
    private static void usual(Map<String, Object> root) {
        Map<String, Object> backends = (Map<String, Object>) root.getOrDefault("backends", Map.of());
        for (Object backend : backends.values()) {
            Map<String, Object> options = (Map<String, Object>) backend;
            Optional.ofNullable(USUAL.get("" + options.get("type")))
                    .ifPresent(address -> options.putIfAbsent("base-url", address));
        }
    }
}
