package dev.signalbox.core.config;

import dev.signalbox.core.Plugins;
import dev.signalbox.spi.ClassifierFactory;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.LedgerFactory;
import dev.signalbox.spi.ListenerFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Reads a configuration, noting everything that is wrong with it. Opens nothing. */
public final class SettingsReader {

    private SettingsReader() {}

    /**
     * What a configuration says.
     *
     * @param foreign the names of sections that somebody else reads
     * @param problems takes everything that is wrong; the result is to be used only if nothing was
     */
    public static Settings read(ConfigNode.Table root, Plugins plugins, Set<String> foreign, Problems problems) {
        return read(root, foreign, Reading.of(plugins, problems, root, Draft.Names.NONE), Draft.Names.NONE);
    }

    static Settings read(ConfigNode.Table root, Set<String> foreign, Reading reading, Draft.Names byCode) {
        PluginConfig top = PluginConfig.read(options(foreign), root, "a section", reading.problems());
        SequencedMap<String, Profile> profiles =
                new ProfileReading(reading, new ChainReading(reading)).read(top.get(RouterOptions.PROFILES));
        PluginReading named = new PluginReading(reading);
        Map<String, ConfigNode> classifying = top.get(RouterOptions.CLASSIFIERS);
        SequencedMap<String, Settings.Named> classifiers =
                named.named(ClassifierFactory.class, "classifier", classifying);
        Set<String> mayClassify = new LinkedHashSet<>(classifying.keySet());
        mayClassify.addAll(byCode.classifiers());
        return new Settings(
                new BackendReading(reading).read(top.get(RouterOptions.BACKENDS)),
                new GateReading(reading).read(top.get(RouterOptions.GATES)),
                profiles,
                new NameReading(reading)
                        .aliases(List.copyOf(top.get(RouterOptions.ALIASES).entrySet())),
                new RuleReading(reading, RuleReading.classes(reading, mayClassify, classifiers))
                        .read(top.get(RouterOptions.RULES)),
                modes(reading, root, top.get(RouterOptions.MODES)),
                fallback(reading, root, profiles),
                named.read(GuardFactory.class, "guard", top.get(RouterOptions.GUARDS)),
                classifiers,
                named.read(ListenerFactory.class, "listener", top.get(RouterOptions.LISTENERS)),
                top.get(RouterOptions.LEDGER).flatMap(node -> named.one(LedgerFactory.class, "ledger", node)),
                top.get(RouterOptions.TASKS).flatMap(node -> new TaskReading(reading).read(node)),
                engine(top, reading.problems()));
    }

    private static List<Option<?>> options(Set<String> foreign) {
        List<Option<?>> options = new ArrayList<>(RouterOptions.ALL);
        foreign.forEach(name -> options.add(Option.node(name, "a section").optional()));
        return options;
    }

    private static Map<String, String> modes(Reading reading, ConfigNode.Table root, Map<String, String> said) {
        Map<String, String> modes = new LinkedHashMap<>();
        said.forEach((mode, profile) -> {
            if (!reading.profiles().contains(profile.toLowerCase(Locale.ROOT))) {
                Where where = placeOf(root, mode);
                reading.problems().unknown(where, "a profile", profile, reading.profiles());
            }
            modes.put(mode, profile.toLowerCase(Locale.ROOT));
        });
        return modes;
    }

    private static Where placeOf(ConfigNode.Table root, String mode) {
        if (root.members().get(RouterOptions.MODES.name()) instanceof ConfigNode.Table table) {
            ConfigNode node = table.members().get(mode);
            return node == null ? table.where() : node.where();
        }
        return root.where();
    }

    private static Optional<Use> fallback(
            Reading reading, ConfigNode.Table root, SequencedMap<String, Profile> profiles) {
        ConfigNode said = root.members().get(RouterOptions.DEFAULT.name());
        if (said != null) {
            return reading.anyUse(said);
        }
        return profiles.size() == 1
                ? Optional.of(new Use.ToProfile(profiles.firstEntry().getKey()))
                : Optional.empty();
    }

    private static EngineSettings engine(PluginConfig top, Problems problems) {
        Optional<PluginConfig> probe = top.get(RouterOptions.PROBE);
        return new EngineSettings(
                top.get(RouterOptions.UNKNOWN_MODEL),
                probe.map(said -> said.get(RouterOptions.EVERY)).orElse(EngineSettings.DEFAULT.probeEvery()),
                probe.map(said -> said.get(RouterOptions.TIMEOUT)).orElse(EngineSettings.DEFAULT.probeTimeout()),
                top.get(RouterOptions.MODELS_TABLE)
                        .map(file -> ModelTable.read(file, problems))
                        .orElse(ModelTable.BUNDLED),
                top.get(RouterOptions.EXPOSE),
                Math.toIntExact(top.get(RouterOptions.TRACES)),
                top.get(RouterOptions.STATE_DIR));
    }
}
