package dev.signalbox.core.config;

import dev.signalbox.core.Plugins;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Classifier;
import dev.signalbox.spi.ClassifierFactory;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.Matcher;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Selector;
import dev.signalbox.spi.SelectorFactory;
import dev.signalbox.spi.SpiLevel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A configuration with everything in it, and plugins that have the options it names and do nothing. */
final class SamplePlugins {

    static final String SAMPLE = sample();

    static final Plugins ALL = Plugins.of(
            new Server("ollama"),
            new Server("mlx"),
            new Server("vllm"),
            new Server("openai"),
            new Watcher("memory", List.of(hosts()), List.of(action(), cooldown())),
            new Watcher(
                    "health",
                    List.of(),
                    List.of(Option.integer("threshold", 2, 20).orElse(3L))),
            new Sorter("triage"),
            new Order("warm-first"),
            new Question("header", Option.mapOf("header", Option.text("value"))),
            new Question("has-image", Option.flag("has-image")),
            new Question("code-fence-ratio", Option.comparison("code-fence-ratio", 0, 1)));

    private SamplePlugins() {}

    /** The server's tests read the same file with the plugins that are really there. */
    private static String sample() {
        try (InputStream in = Objects.requireNonNull(SamplePlugins.class.getResourceAsStream("sample.yaml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static Option<?> hosts() {
        return Option.mapOf(
                        "hosts",
                        Option.group(
                                "host",
                                List.of(Option.size("memory", 1, 1L << 50), Option.size("reserve", 0, 1L << 50))))
                .orElse(Map.of());
    }

    private static Option<?> action() {
        return Option.word("action", List.of("off", "warn", "demote", "exclude"))
                .orElse("demote");
    }

    private static Option<?> cooldown() {
        return Option.duration("cooldown", Duration.ofSeconds(10), Duration.ofHours(1))
                .orElse(Duration.ofSeconds(120));
    }

    private record Server(String type) implements BackendFactory {
        @Override
        public int spiLevel() {
            return SpiLevel.CURRENT;
        }

        @Override
        public List<Option<?>> options() {
            return List.of(
                    Option.uri("base-url").orElse(URI.create("http://localhost:1")),
                    Option.text("api-key").secret().optional(),
                    Option.mapOf("headers", Option.text("value")).orElse(Map.of()),
                    Option.duration("connect-limit", Duration.ofMillis(1), Duration.ofHours(1))
                            .orElse(Duration.ofSeconds(5)));
        }

        @Override
        public Backend create(PluginConfig config, PluginContext context) {
            throw new AssertionError("reading a configuration makes no backend");
        }
    }

    private record Watcher(String type, List<Option<?>> options, List<Option<?>> profileOptions)
            implements GuardFactory {
        @Override
        public int spiLevel() {
            return SpiLevel.CURRENT;
        }

        @Override
        public Guard create(PluginConfig config, PluginContext context) {
            throw new AssertionError("reading a configuration makes no guard");
        }
    }

    private record Sorter(String type) implements ClassifierFactory {
        @Override
        public int spiLevel() {
            return SpiLevel.CURRENT;
        }

        @Override
        public List<Option<?>> options() {
            return List.of(Option.text("ask"));
        }

        @Override
        public Classifier create(PluginConfig config, PluginContext context) {
            throw new AssertionError("reading a configuration makes no classifier");
        }
    }

    private record Order(String type) implements SelectorFactory {
        @Override
        public int spiLevel() {
            return SpiLevel.CURRENT;
        }

        @Override
        public List<Option<?>> options() {
            return List.of();
        }

        @Override
        public Selector create(PluginConfig config, PluginContext context) {
            throw new AssertionError("reading a configuration makes no selector");
        }
    }

    private record Question(String type, Option<?> argument) implements MatcherFactory {
        @Override
        public int spiLevel() {
            return SpiLevel.CURRENT;
        }

        @Override
        public Matcher create(PluginConfig config, PluginContext context) {
            throw new AssertionError("reading a configuration makes no matcher");
        }
    }
}
