package dev.signalbox.guard.memory;

import dev.signalbox.api.Target;
import dev.signalbox.guard.memory.plan.Rules;
import dev.signalbox.spi.ConfigurationException;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may be said of machines and of the models in their memory. */
final class HostOptions {

    private static final Option<Target> TARGET = Option.target("target");

    static final Option<Capacity> MEMORY = Option.parsed("memory", "`auto` or a size such as 64GiB", Capacity::read)
            .doc("How much memory models can have. `auto` measures the machine the router runs on: its graphics cards,"
                    + " else what is available; for any other machine it is written down.")
            .orElse(new Capacity.Auto());

    static final Option<Long> RESERVE = Option.size("reserve", 0, 1L << 50)
            .doc("How much of it is kept free.")
            .orElse(2L << 30);

    private static final Option<PluginConfig> HOST = Option.group("host", List.of(MEMORY, RESERVE));

    static final Option<Map<String, PluginConfig>> HOSTS = Option.mapOf("hosts", HOST)
            .doc("The machines whose memory is counted, by host name or by the name of a backend there:"
                    + " `{ localhost: {}, studio: { memory: 64GiB, reserve: 6GiB } }`. On these the router decides which"
                    + " models are loaded; on all others their servers do.")
            .orElse(Map.of());

    static final Option<List<Target>> EXCLUSIVE = Option.listOf("exclusive", TARGET)
            .doc("Models that are alone in the memory of their machine.")
            .orElse(List.of());

    static final Option<List<List<Target>>> TOGETHER = Option.listOf("together", Option.listOf("group", TARGET))
            .doc("Groups of models that belong together: nobody of a group goes for another one of it as long as"
                    + " something else can go: `[[laptop/coder, laptop/reviewer]]`.")
            .orElse(List.of());

    static final Option<List<Target>> PIN = Option.listOf("pin", TARGET)
            .doc("Models that never go once they are loaded.")
            .orElse(List.of());

    static final Option<List<Target>> PRELOAD = Option.listOf("preload", TARGET)
            .doc("Models that are loaded as soon as their server is there.")
            .orElse(List.of());

    static final Option<Optional<Duration>> IDLE_UNLOAD = Option.duration(
                    "idle-unload", Duration.ofSeconds(10), Duration.ofDays(7))
            .doc("How long after the end of its last request a model goes. Without it its server decides.")
            .optional();

    static final List<Option<?>> ALL = List.of(HOSTS, EXCLUSIVE, TOGETHER, PIN, PRELOAD, IDLE_UNLOAD);

    private HostOptions() {}

    /** What is said of models means nothing where no memory is counted. */
    static void check(PluginConfig config) {
        if (config.get(HOSTS).isEmpty()) {
            Stream.of(EXCLUSIVE, TOGETHER, PIN, PRELOAD, IDLE_UNLOAD)
                    .filter(config::has)
                    .findFirst()
                    .ifPresent(useless -> {
                        throw new ConfigurationException(
                                config.where().child(useless.name()),
                                "does nothing without `hosts`: name the machine whose memory is counted beside it,"
                                        + " `hosts: { localhost: { memory: auto } }` or `{ studio: { memory: 64GiB } }`");
                    });
        }
    }

    /** All models that are named. */
    static Set<Target> named(PluginConfig config) {
        Stream<Target> groups = config.get(TOGETHER).stream().flatMap(List::stream);
        Stream<Target> others = Stream.of(EXCLUSIVE, PIN, PRELOAD).flatMap(option -> config.get(option).stream());
        return Stream.concat(groups, others).collect(Collectors.toSet());
    }

    static Rules rules(PluginConfig config) {
        return new Rules(
                new HashSet<>(config.get(EXCLUSIVE)),
                config.get(TOGETHER).stream()
                        .map(HashSet::new)
                        .<Set<Target>>map(Set::copyOf)
                        .toList(),
                new HashSet<>(config.get(PIN)));
    }
}
