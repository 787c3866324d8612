package dev.signalbox.testkit;

import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Classifier;
import dev.signalbox.spi.ClassifierFactory;
import dev.signalbox.spi.Demo;
import dev.signalbox.spi.Discovery;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Factories that hand out what a test has made. */
public final class TestFactories {

    private TestFactories() {}

    /** For a backend. */
    public static BackendFactory backend(String type, Backend made) {
        return backend(type, List::of, lent -> made);
    }

    /**
     * For a backend that is made, or cannot be made, with what it is lent.
     *
     * @param places asked where such servers usually listen; may not be able to say
     */
    public static BackendFactory backend(
            String type, Supplier<List<Discovery>> places, Function<PluginContext, Backend> make) {
        return backend(type, places, Optional::empty, make);
    }

    /**
     * For such a backend that may answer without a server.
     *
     * @param demo asked how; may not be able to say
     */
    public static BackendFactory backend(
            String type,
            Supplier<List<Discovery>> places,
            Supplier<Optional<Demo>> demo,
            Function<PluginContext, Backend> make) {
        return new OfBackend(type, places, demo, make);
    }

    /** For a classifier. */
    public static ClassifierFactory classifier(String type, Classifier made) {
        return classifier(type, lent -> made);
    }

    /** For a classifier that is made, or wants to know of it, with what it is lent. */
    public static ClassifierFactory classifier(String type, Function<PluginContext, Classifier> make) {
        return new OfClassifier(type, make);
    }

    /** For a guard, which is on in every profile. */
    public static GuardFactory guard(String type, Guard made) {
        return guard(type, lent -> made);
    }

    /** For a guard that is made, or wants to know of it, with what it is lent. */
    public static GuardFactory guard(String type, Function<PluginContext, Guard> make) {
        return new OfGuard(type, make);
    }

    /** For a matcher, with any text behind its name. */
    public static MatcherFactory matcher(String type, Matcher made) {
        return new OfMatcher(type, made);
    }

    /** For a selector. */
    public static SelectorFactory selector(String type, Selector made) {
        return new OfSelector(type, made);
    }

    private record OfBackend(
            String type,
            Supplier<List<Discovery>> places,
            Supplier<Optional<Demo>> answers,
            Function<PluginContext, Backend> make)
            implements BackendFactory {
        @Override
        public int spiLevel() {
            return SpiLevel.CURRENT;
        }

        @Override
        public List<Option<?>> options() {
            return List.of();
        }

        @Override
        public List<Discovery> discoveries() {
            return places.get();
        }

        @Override
        public Optional<Demo> demo() {
            return answers.get();
        }

        @Override
        public Backend create(PluginConfig config, PluginContext context) {
            return make.apply(context);
        }
    }

    private record OfClassifier(String type, Function<PluginContext, Classifier> make) implements ClassifierFactory {
        @Override
        public int spiLevel() {
            return SpiLevel.CURRENT;
        }

        @Override
        public List<Option<?>> options() {
            return List.of();
        }

        @Override
        public Classifier create(PluginConfig config, PluginContext context) {
            return make.apply(context);
        }
    }

    private record OfGuard(String type, Function<PluginContext, Guard> make) implements GuardFactory {
        @Override
        public int spiLevel() {
            return SpiLevel.CURRENT;
        }

        @Override
        public List<Option<?>> options() {
            return List.of();
        }

        @Override
        public boolean onByDefault() {
            return true;
        }

        @Override
        public Guard create(PluginConfig config, PluginContext context) {
            return make.apply(context);
        }
    }

    private record OfMatcher(String type, Matcher made) implements MatcherFactory {
        @Override
        public int spiLevel() {
            return SpiLevel.CURRENT;
        }

        @Override
        public Option<?> argument() {
            return Option.text(type).doc("Anything.");
        }

        @Override
        public Matcher create(PluginConfig config, PluginContext context) {
            return made;
        }
    }

    private record OfSelector(String type, Selector made) implements SelectorFactory {
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
            return made;
        }
    }
}
