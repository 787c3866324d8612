package dev.signalbox.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.core.Plugins;
import dev.signalbox.core.Router;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.ConfigurationException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that are really broken, made for the test, and what becomes of their neighbours. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BrokenPluginsTest {

    private static final String FACTORY = """
            package plugin;
            import dev.signalbox.spi.*;
            import java.util.*;
            public class %1$s implements BackendFactory {
                %2$s
                public String type() { return "%3$s"; }
                public int spiLevel() { return %4$s; }
                public List<Option<?>> options() { return %5$s; }
                public Backend create(PluginConfig config, PluginContext context) { throw new AssertionError(); }
            }
            """;

    @TempDir
    Path folder;

    private Path good(String jar, String name, String type) throws IOException {
        return jar(jar, name, FACTORY.formatted(name, "", type, "SpiLevel.CURRENT", "List.of()"), List.of());
    }

    @Test
    void a_constructor_that_throws_is_told_only_to_who_names_the_type() throws Exception {
        Path broken = jar(
                "broken.jar",
                "Thrower",
                FACTORY.formatted(
                        "Thrower",
                        "public Thrower() { throw new IllegalStateException(\"no luck\"); }",
                        "thrower",
                        "SpiLevel.CURRENT",
                        "List.of()"),
                List.of());
        try (URLClassLoader loader = loader(broken, good("good.jar", "Good", "good"))) {
            Plugins plugins = Plugins.discovered(loader);
            assertThat(plugins.backend("good")).isPresent();
            assertThat(plugins.backend("thrower")).isEmpty();
            assertThat(plugins.broken()).anySatisfy(line -> assertThat(line).contains("broken.jar", "no luck"));
            assertThat(plugins.missing(BackendFactory.class, "thrower")).contains("broken.jar", "no luck");
        }
    }

    @Test
    void a_class_that_is_missing_hides_no_other_plugin() throws Exception {
        Path broken = jar(
                "halved.jar",
                "Halved",
                FACTORY.formatted(
                                "Halved",
                                "private final Gone gone = new Gone();",
                                "halved",
                                "SpiLevel.CURRENT",
                                "List.of()")
                        + "class Gone {}",
                List.of("plugin/Gone.class"));
        try (URLClassLoader loader = loader(broken, good("good.jar", "Good", "good"))) {
            Plugins plugins = Plugins.discovered(loader);
            assertThat(plugins.backend("good")).isPresent();
            assertThat(plugins.broken()).anySatisfy(line -> assertThat(line).contains("halved.jar", "plugin.Gone"));
        }
    }

    @Test
    void a_plugin_of_another_level_is_refused_by_name() throws Exception {
        Path old = jar("old.jar", "Old", FACTORY.formatted("Old", "", "old", "0", "List.of()"), List.of());
        Path young = jar("new.jar", "Young", FACTORY.formatted("Young", "", "young", "99", "List.of()"), List.of());
        try (URLClassLoader loader = loader(old, young)) {
            Plugins plugins = Plugins.discovered(loader);
            assertThat(plugins.missing(BackendFactory.class, "old")).contains("old.jar", "level 0");
            assertThat(plugins.missing(BackendFactory.class, "young")).contains("new.jar", "level 99");
        }
    }

    @Test
    void two_plugins_of_one_type_are_both_named() throws Exception {
        try (URLClassLoader loader = loader(good("one.jar", "One", "twin"), good("two.jar", "Two", "twin"))) {
            Plugins plugins = Plugins.discovered(loader);
            assertThat(plugins.backend("twin")).isEmpty();
            assertThat(plugins.missing(BackendFactory.class, "twin")).contains("one.jar", "two.jar");
        }
    }

    @Test
    void what_fails_only_when_it_is_to_make_something_is_told_by_jar_and_cause() throws Exception {
        try (URLClassLoader loader = loader(good("late.jar", "Late", "late"))) {
            Plugins plugins = Plugins.discovered(loader);
            assertThat(plugins.broken()).isEmpty();
            assertThatThrownBy(() -> Router.builder()
                            .plugins(plugins)
                            .backend("box", "late", options -> options)
                            .build())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContainingAll("1 problem", "backends.box", "plugin.Late in late.jar", "AssertionError");
        }
    }

    @Test
    void a_services_file_that_names_nobody_is_told() throws Exception {
        Path ghost = folder.resolve("ghost.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(ghost))) {
            put(out, "META-INF/services/" + BackendFactory.class.getName(), "plugin.Ghost\n".getBytes());
        }
        try (URLClassLoader loader = loader(ghost)) {
            assertThat(Plugins.discovered(loader).broken())
                    .anySatisfy(line -> assertThat(line).contains("plugin.Ghost"));
        }
    }

    private URLClassLoader loader(Path... jars) throws IOException {
        URL[] urls = new URL[jars.length];
        for (int i = 0; i < jars.length; i++) {
            urls[i] = jars[i].toUri().toURL();
        }
        return new URLClassLoader(urls, BackendFactory.class.getClassLoader());
    }

    /** A jar of one source file, without the entries to be left out. */
    private Path jar(String jar, String name, String source, List<String> leftOut) throws IOException {
        Path work = Files.createDirectories(folder.resolve(jar + ".d"));
        Path file = Files.createDirectories(work.resolve("src/plugin")).resolve(name + ".java");
        Files.writeString(file, source);
        Path classes = Files.createDirectories(work.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int code = compiler.run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                file.toString());
        assertThat(code).isZero();
        Path packed = folder.resolve(jar);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(packed));
                var all = Files.walk(classes)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                String entry = classes.relativize(each).toString();
                if (!leftOut.contains(entry)) {
                    put(out, entry, Files.readAllBytes(each));
                }
            }
            put(out, "META-INF/services/" + BackendFactory.class.getName(), ("plugin." + name + "\n").getBytes());
        }
        return packed;
    }

    private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }
}
