package dev.signalbox.core.config;

import dev.signalbox.api.Target;
import dev.signalbox.spi.PluginConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Everything configuration decides. Immutable; a router has one reference to it, and each request reads that once.
 *
 * @param backends by name, in the order they were written
 * @param gates by name, in the order they were written
 * @param profiles by name, in the order they were written
 * @param aliases in the order they were written; exact ones are asked before patterns
 * @param rules in the order they were written
 * @param modes what {@code X-Signalbox-Mode} may say, and the profile it means
 * @param fallbackUse where what nothing else decided goes; empty if nothing was said
 * @param guards settings of the guards that configuration names, by type
 * @param classifiers the classifiers that configuration names, each with its type and settings, by name
 * @param listeners settings of the listeners that configuration names, by type
 * @param ledger the ledger's type and settings; empty if configuration names none
 * @param tasks who does which task; empty if there is no task routing
 * @param engine what concerns the router as a whole
 */
public record Settings(
        SequencedMap<String, BackendSettings> backends,
        SequencedMap<String, GateSettings> gates,
        SequencedMap<String, Profile> profiles,
        List<Alias> aliases,
        List<Rule> rules,
        Map<String, String> modes,
        Optional<Use> fallbackUse,
        SequencedMap<String, PluginConfig> guards,
        SequencedMap<String, Named> classifiers,
        SequencedMap<String, PluginConfig> listeners,
        Optional<Named> ledger,
        Optional<Tasks> tasks,
        EngineSettings engine) {

    public Settings {
        backends = copy(backends);
        gates = copy(gates);
        profiles = copy(profiles);
        aliases = List.copyOf(aliases);
        rules = List.copyOf(rules);
        modes = Map.copyOf(modes);
        guards = copy(guards);
        classifiers = copy(classifiers);
        listeners = copy(listeners);
    }

    /** The targets that something leads to, in order. */
    public List<Target> targetsOf(Use use) {
        return switch (use) {
            case Use.ToTarget to -> List.of(to.target());
            case Use.ToProfile to -> {
                Profile profile = profiles.get(to.name());
                yield profile == null ? List.of() : profile.targets();
            }
            case Use.ToAlias to ->
                alias(to.name()).map(alias -> targetsOf(alias.use())).orElse(List.of());
            case Use.Nowhere nowhere -> List.of();
        };
    }

    /** What a name means as an alias: the one that is exactly it, else the first pattern that matches. */
    public Optional<Alias> alias(String name) {
        return first(name, false).or(() -> first(name, true));
    }

    private Optional<Alias> first(String name, boolean wild) {
        for (Alias alias : aliases) {
            if (alias.name().wild() == wild && alias.name().matches(name)) {
                return Optional.of(alias);
            }
        }
        return Optional.empty();
    }

    /** A plugin's type with its settings. */
    public record Named(String type, PluginConfig settings) {}

    private static <V> SequencedMap<String, V> copy(SequencedMap<String, V> map) {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
    }
}
