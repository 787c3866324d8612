package dev.signalbox.core.config;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads the section {@code gates}. */
record GateReading(Reading reading) {

    SequencedMap<String, GateSettings> read(Map<String, ConfigNode> section) {
        SequencedMap<String, GateSettings> gates = new LinkedHashMap<>();
        section.forEach((name, node) -> reading.table(node, "a gate such as { of: [ studio ], places: 1 }")
                .ifPresent(table -> {
                    Problems own = new Problems();
                    PluginConfig config = PluginConfig.read(RouterOptions.GATE, table, "an option of a gate", own);
                    reading.problems().addAll(own);
                    if (own.isEmpty()) {
                        gates.put(name, gate(name, config));
                    } else {
                        reading.requireName(node.where(), "gate", name);
                        places(table);
                    }
                }));
        return gates;
    }

    /** What is wrong with the places of a gate that is wrong in other ways; that they cannot be read has been said. */
    private void places(ConfigNode.Table table) {
        Optional.ofNullable(table.members().get(RouterOptions.GATE_OF.name()))
                .flatMap(node -> RouterOptions.GATE_OF.read(node, new Problems()))
                .ifPresent(of -> of.forEach(
                        each -> reading.requirePlace(table.where().child(RouterOptions.GATE_OF.name()), each)));
    }

    /** A gate of which every option can be read. */
    GateSettings gate(String name, PluginConfig config) {
        reading.requireName(config.where(), "gate", name);
        List<String> of = config.get(RouterOptions.GATE_OF);
        Where where = config.where().child(RouterOptions.GATE_OF.name());
        if (of.isEmpty()) {
            reading.problems()
                    .add(where, "an empty list; it needs at least one backend, or target such as gpu/qwen3:8b");
        }
        of.forEach(each -> reading.requirePlace(where, each));
        return new GateSettings(
                name,
                of,
                Math.toIntExact(config.get(RouterOptions.PLACES)),
                Math.toIntExact(config.get(RouterOptions.QUEUE)));
    }
}
