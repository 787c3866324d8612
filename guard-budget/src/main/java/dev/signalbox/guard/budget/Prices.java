package dev.signalbox.guard.budget;

import dev.signalbox.api.Target;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.PluginConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** What targets cost, by name or pattern: that of its very name, else the first pattern that fits, else nothing. */
record Prices(Map<String, Price> byName, Map<Glob, Price> byPattern) {

    static Prices of(Map<String, PluginConfig> written) {
        Map<String, Price> byName = new LinkedHashMap<>();
        Map<Glob, Price> byPattern = new LinkedHashMap<>();
        written.forEach((name, config) -> {
            byName.put(name, BudgetOptions.price(config));
            byPattern.put(new Glob(name), BudgetOptions.price(config));
        });
        return new Prices(byName, byPattern);
    }

    Price of(Target target) {
        String name = target.toString();
        Price exact = byName.get(name);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<Glob, Price> each : byPattern.entrySet()) {
            if (each.getKey().matches(name)) {
                return each.getValue();
            }
        }
        return Price.NOTHING;
    }
}
