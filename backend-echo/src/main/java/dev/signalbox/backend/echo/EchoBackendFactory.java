package dev.signalbox.backend.echo;

import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Demo;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.SpiLevel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes backends that answer without any model. */
public final class EchoBackendFactory implements BackendFactory {

    /** The models it lists. */
    public static final Option<List<String>> OFFERS = Option.listOf(
                    "offers", Option.text("model").doc("A model's name."))
            .orElse(List.of("demo"))
            .doc("The models it lists. All of them answer alike.");

    /** What it answers. */
    public static final Option<String> TEXT = Option.text("text")
            .orElse("{text}")
            .doc("What it answers. {text} is the client's last message, {model} the model's name.");

    /** How fast it streams. */
    public static final Option<Duration> PACE = Option.duration("pace", Duration.ZERO, Duration.ofHours(1))
            .orElse(Duration.ZERO)
            .doc("How long it pauses before each word but the first. An answer that is not streamed takes as long.");

    static final Option<FailureKind> KIND = Option.choice("kind", FailureKind.class)
            .orElse(FailureKind.SERVER_ERROR)
            .doc("The kind of the failure; at stall, truncate and garbage the router finds its own words for it.");

    static final Option<Mishap.At> AT = Option.choice("at", Mishap.At.class)
            .orElse(Mishap.At.HEAD)
            .doc("Where it fails: instead of an answer, before its first word, in its middle; by going silent there, by"
                    + " ending there as if all were said, or with an answer that makes no sense.");

    static final Option<Long> EVERY = Option.integer("every", 1, 1_000_000)
            .orElse(1L)
            .doc("Which calls fail: 1 is each, 3 the third, the sixth and so on.");

    /** When and how it fails on purpose. */
    public static final Option<Optional<PluginConfig>> FAIL = Option.group("fail", List.of(KIND, AT, EVERY))
            .optional()
            .doc("Fails on purpose, to see what the router makes of it.");

    @Override
    public String type() {
        return "echo";
    }

    @Override
    public int spiLevel() {
        return SpiLevel.CURRENT;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(OFFERS, TEXT, PACE, FAIL);
    }

    @Override
    public Optional<Demo> demo() {
        return Optional.of(new Demo("demo", Map.of()));
    }

    @Override
    public Backend create(PluginConfig config, PluginContext context) {
        Optional<Mishap> mishap =
                config.get(FAIL).map(fail -> new Mishap(fail.get(KIND), fail.get(AT), fail.get(EVERY)));
        return new EchoBackend(config.get(OFFERS), config.get(TEXT), config.get(PACE), mishap);
    }
}
