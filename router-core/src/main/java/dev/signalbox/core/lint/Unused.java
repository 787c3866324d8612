package dev.signalbox.core.lint;

import dev.signalbox.core.config.GateSettings;
import dev.signalbox.core.config.Rule;
import dev.signalbox.core.config.Settings;
import dev.signalbox.core.config.Use;
import dev.signalbox.spi.ConfigNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What nothing leads to. A profile or target that clients may name themselves is only noted; whatever is written
 * anywhere else in the file counts as leading to it, so that no plugin's options have to be understood.
 */
final class Unused implements Check {

    @Override
    public void look(Subject subject, Remarks remarks) {
        classifiers(subject, remarks);
        profiles(subject, remarks);
        gates(subject, remarks);
    }

    private static void classifiers(Subject subject, Remarks remarks) {
        Set<String> asked = subject.settings().rules().stream()
                .flatMap(rule -> rule instanceof Rule.ByClass byClass ? Stream.of(byClass.by()) : Stream.empty())
                .collect(Collectors.toSet());
        subject.settings().classifiers().keySet().stream()
                .filter(name -> !asked.contains(name))
                .forEach(name -> remarks.warn(
                        subject.places().of("classifiers", name),
                        "never asked: no rule says { classify: { by: %s } }. Add one, or take this out"
                                .formatted(name)));
    }

    private static void profiles(Subject subject, Remarks remarks) {
        Settings settings = subject.settings();
        Set<String> named = words(subject, "backends");
        uses(settings).forEach(use -> {
            if (use instanceof Use.ToProfile to) {
                named.add(to.name());
            }
        });
        settings.profiles()
                .values()
                .forEach(profile -> named.addAll(profile.on().values()));
        settings.profiles().keySet().stream()
                .filter(name ->
                        subject.places().written("profiles", name) && !named.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(name -> remarks.note(
                        subject.places().of("profiles", name),
                        "nothing in the configuration leads to it; only clients that name it get there"));
    }

    private static Stream<Use> uses(Settings settings) {
        Stream<Use> ofRules = settings.rules().stream().flatMap(rule -> switch (rule) {
            case Rule.If when -> Stream.of(when.use());
            case Rule.ByClass byClass -> byClass.into().values().stream();
        });
        Stream<Use> ofAliases = settings.aliases().stream().map(alias -> alias.use());
        return Stream.of(ofRules, ofAliases, settings.fallbackUse().stream()).flatMap(each -> each);
    }

    private static void gates(Subject subject, Remarks remarks) {
        Settings settings = subject.settings();
        if (settings.profiles().isEmpty() && settings.aliases().isEmpty()) {
            return; // everything is asked for by its own name
        }
        Set<String> named = words(subject, "gates");
        settings.profiles()
                .values()
                .forEach(profile -> profile.targets()
                        .forEach(target -> named.add(target.toString().toLowerCase(Locale.ROOT))));
        uses(settings)
                .flatMap(use -> settings.targetsOf(use).stream())
                .forEach(target -> named.add(target.toString().toLowerCase(Locale.ROOT)));
        for (GateSettings gate : settings.gates().values()) {
            if (gate.of().stream().noneMatch(place -> leadsTo(named, place.toLowerCase(Locale.ROOT)))) {
                remarks.note(
                        subject.places().of("gates", gate.name()),
                        "nothing in the configuration leads to %s; only clients that name a target of theirs wait here"
                                .formatted(String.join(", ", gate.of())));
            }
        }
    }

    private static boolean leadsTo(Set<String> named, String place) {
        return place.indexOf('/') < 0
                ? named.stream().anyMatch(word -> word.startsWith(place + "/"))
                : named.contains(place);
    }

    /** Everything that is written as a value, in small letters, but for one section. */
    private static Set<String> words(Subject subject, String without) {
        Set<String> words = new HashSet<>();
        subject.places().root().members().forEach((section, node) -> {
            if (!section.equals(without)) {
                collect(node, words);
            }
        });
        return words;
    }

    private static void collect(ConfigNode node, Set<String> words) {
        switch (node) {
            case ConfigNode.Text text -> words.add(text.value().strip().toLowerCase(Locale.ROOT));
            case ConfigNode.Sequence list -> list.items().forEach(item -> collect(item, words));
            case ConfigNode.Table table -> table.members().values().forEach(value -> collect(value, words));
        }
    }
}
