package dev.signalbox.guard.budget;

import dev.signalbox.api.Target;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.PluginConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What targets cost, by name or pattern: that of its very name, else of another that its server takes for it, else the first
 * pattern that fits, else nothing.
 */
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

    Price of(Target target, Listed listed) {
        String name = target.toString();
        Price exact = byName.get(name);
        return exact != null ? exact : byOtherName(name, listed).orElseGet(() -> byPattern(name));
    }

    private Optional<Price> byOtherName(String name, Listed listed) {
        return byName.entrySet().stream()
                .filter(each -> listed.nameOf(each.getKey()).equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private Price byPattern(String name) {
        for (Map.Entry<Glob, Price> each : byPattern.entrySet()) {
            if (each.getKey().matches(name)) {
                return each.getValue();
            }
        }
        return Price.NOTHING;
    }
}
