package dev.signalbox.classifier.triage;

import dev.signalbox.spi.Classifier;
import dev.signalbox.spi.ClassifierFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes classifiers of type {@code triage}. */
public final class TriageFactory implements ClassifierFactory {

    /**
     * Who is asked. A profile or a target, which are found before any rule of this kind is asked: so a triage never
     * reaches itself.
     */
    public static final Option<String> ASK =
            Option.use("ask").doc("The profile or target whose model is asked: a small one that answers at once.");

    /** The classes, each with what belongs to it in words the model understands. */
    public static final Option<Map<String, String>> CLASSES = Option.mapOf("classes", Option.text("what belongs to it"))
            .doc("The classes, each with what belongs to it in words the model understands:"
                    + " `{ small: a question that needs no thought, hard: code or mathematics }`.");

    /** The class of what the model cannot place. */
    public static final Option<Optional<String>> OTHERWISE = Option.text("otherwise")
            .doc("The class of what the model cannot place, or of everything while it does not answer. Without it the"
                    + " request goes on to the next rule.")
            .optional();

    /** How long the model may take. */
    public static final Option<Duration> TIMEOUT = Option.duration(
                    "timeout", Duration.ofMillis(100), Duration.ofSeconds(30))
            .doc("How long the model may take.")
            .orElse(Duration.ofSeconds(5));

    /** How many characters of the last user message it is shown. */
    public static final Option<Long> EXCERPT = Option.integer("excerpt", 100, 100_000)
            .doc("How many characters of the last user message it is shown: the first and the last half of them.")
            .orElse(2_000L);

    /** How many answers are kept. */
    public static final Option<Long> CACHE = Option.integer("cache", 0, 100_000)
            .doc("How many answers are kept, so that the same question is asked once.")
            .orElse(1_000L);

    /** How long an answer is kept. */
    public static final Option<Duration> KEEP = Option.duration("keep", Duration.ofSeconds(1), Duration.ofDays(1))
            .doc("How long an answer is kept.")
            .orElse(Duration.ofMinutes(10));

    /** Used by {@code ServiceLoader}. */
    public TriageFactory() {}

    @Override
    public String type() {
        return "triage";
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(ASK, CLASSES, OTHERWISE, TIMEOUT, EXCERPT, CACHE, KEEP);
    }

    @Override
    public Set<String> classes(PluginConfig config) {
        return config.get(CLASSES).keySet();
    }

    @Override
    public Classifier create(PluginConfig config, PluginContext context) {
        return new Triage(config, context);
    }
}
