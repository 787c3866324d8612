package dev.signalbox.server.cli;

import dev.signalbox.core.Configuration;
import dev.signalbox.core.Plugins;
import dev.signalbox.server.cli.Discoverer.Found;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Demo;
import dev.signalbox.spi.Where;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** What was found, as a configuration: each server a backend named after its type. */
final class FoundConfiguration {

    private final SequencedMap<String, Map<String, String>> backends = new LinkedHashMap<>();

    /** One backend for each of these. */
    static FoundConfiguration of(List<Found> found) {
        FoundConfiguration made = new FoundConfiguration();
        found.forEach(each -> made.add(each.type(), each.discovery().settings()));
        return made;
    }

    /** The same and whatever answers without a server; returns the target it answers as, or nothing. */
    String addDemo(Plugins plugins, Sieve sieve) {
        for (BackendFactory factory : plugins.all(BackendFactory.class)) {
            Optional<Demo> demo = sieve.ask(factory, factory::demo)
                    .flatMap(offered -> offered)
                    .filter(offered -> sieve.passes(factory.type(), offered.settings()));
            if (demo.isPresent()) {
                return add(factory.type(), demo.get().settings()) + "/"
                        + demo.get().model();
            }
        }
        return "";
    }

    /** The same and a backend of that type; returns its name. */
    String add(String type, Map<String, String> settings) {
        String name = type;
        for (int i = 2; backends.containsKey(name); i++) {
            name = type + "-" + i;
        }
        Map<String, String> all = new LinkedHashMap<>();
        all.put("type", type);
        all.putAll(new TreeMap<>(settings)); // they come in another order each time
        backends.put(name, all);
        return name;
    }

    /** The backends by name, each with its options. */
    SequencedMap<String, Map<String, String>> backends() {
        return backends;
    }

    /** The configuration, with that default; none if it is empty. */
    Configuration configuration(String defaultTarget) {
        Where where = Where.code("");
        SequencedMap<String, ConfigNode> tables = new LinkedHashMap<>();
        backends.forEach((name, options) ->
                tables.put(name, ConfigNode.Table.of(where.child("backends").child(name), options)));
        SequencedMap<String, ConfigNode> root = new LinkedHashMap<>();
        root.put("backends", new ConfigNode.Table(where.child("backends"), tables));
        if (!defaultTarget.isEmpty()) {
            root.put("default", new ConfigNode.Text(where.child("default"), defaultTarget));
        }
        return Configuration.of(new ConfigNode.Table(where, root));
    }
}
