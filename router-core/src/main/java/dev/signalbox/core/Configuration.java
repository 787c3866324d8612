package dev.signalbox.core;

import dev.signalbox.core.config.ConfigReader;
import dev.signalbox.core.config.Draft;
import dev.signalbox.core.config.Settings;
import dev.signalbox.core.engine.Rehearsal;
import dev.signalbox.core.lint.Lint;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A configuration as it was written, before plugins have looked at it. Immutable. */
public final class Configuration {

    /** The sections that are not the router's but the server's. */
    private static final Set<String> SERVER = Set.of("server", "callers");

    private final ConfigNode.Table root;
    private final Problems written; // noted while it was read, and never changed since

    private Configuration(ConfigNode.Table root, Problems written) {
        this.root = root;
        this.written = written;
    }

    /**
     * Reads a YAML file. What is wrong with single values, such as an environment variable that is not set, is told with
     * everything else by {@link #check} or when a router is built.
     *
     * @throws ConfigurationException if the file cannot be read or is no YAML, telling where
     */
    public static Configuration read(Path file) {
        Problems problems = new Problems();
        return ConfigReader.ofEnvironment()
                .read(file, problems)
                .map(root -> new Configuration(root, problems))
                .orElseThrow(() -> new ConfigurationException(problems.list()));
    }

    /** A configuration that says nothing. */
    static Configuration empty() {
        return of(ConfigNode.Table.empty(Where.code("")));
    }

    /** A configuration made by code. */
    public static Configuration of(ConfigNode.Table root) {
        return new Configuration(root, new Problems());
    }

    /** One of its top-level sections, for whoever reads it; empty if it is not there. */
    public Optional<ConfigNode> section(String name) {
        return Optional.ofNullable(root.members().get(name));
    }

    /**
     * Notes everything that is wrong with it, as far as these plugins can tell; opens nothing. The server's sections are
     * left to the server.
     */
    public void check(Plugins plugins, Problems problems) {
        draft(plugins, problems, Draft.Names.NONE).settings();
    }

    /**
     * Notes everything that {@link #check} does, and what the plugins it names have against their options once they are
     * made; they are closed again. Opens nothing.
     */
    public void rehearse(Plugins plugins, Problems problems) {
        Rehearsal.of(draft(plugins, problems, Draft.Names.NONE).settings(), plugins, problems);
    }

    /**
     * What it says that can be used and does not do what it says, as far as these plugins can tell: warnings before notes,
     * each by line. Opens nothing.
     *
     * @throws ConfigurationException if anything is wrong with it, telling all of it
     */
    public List<Remark> remarks(Plugins plugins) {
        Problems problems = new Problems();
        Draft draft = draft(plugins, problems, Draft.Names.NONE);
        Settings settings = draft.settings();
        problems.throwIfAny();
        return Lint.of(settings, draft.places(), plugins);
    }

    /** What it says, for code to say more; these are the names that code will give. */
    Draft draft(Plugins plugins, Problems problems, Draft.Names byCode) {
        problems.addAll(written);
        return new Draft(plugins, problems, root, SERVER, byCode);
    }
}
