package dev.signalbox.core.config;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Problems;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a YAML file as it was written: every value with its line, nothing interpreted but {@code ${NAME}}.
 *
 * <p>What is not there to configure anything is refused: duplicate keys, anchors and aliases, tags, a second document.
 * Items of a list are counted from 1 in paths, as people do and as traces call rules.
 */
public final class ConfigReader {

    private final Placeholders placeholders;

    /** A reader that takes the values of {@code ${NAME}} from there. */
    public ConfigReader(Function<String, Optional<String>> environment) {
        this.placeholders = new Placeholders(environment);
    }

    /** A reader that takes the values of {@code ${NAME}} from the environment of the process. */
    public static ConfigReader ofEnvironment() {
        return new ConfigReader(name -> Optional.ofNullable(System.getenv(name)));
    }

    /**
     * Reads a file, called in messages as given here; its sections by name. Empty if it cannot be read to its end; the
     * problems say why. Where only some value cannot be had, the rest is still there to be looked at.
     */
    public Optional<ConfigNode.Table> read(Path file, Problems problems) {
        return ConfigText.read(file, problems).flatMap(text -> read(text, file.toString(), problems));
    }

    /** Reads a text; {@code file} is what messages call it. */
    public Optional<ConfigNode.Table> read(String text, String file, Problems problems) {
        return new YamlTree(file, text, placeholders, problems).read();
    }
}
