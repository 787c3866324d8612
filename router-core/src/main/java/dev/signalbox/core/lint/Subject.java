package dev.signalbox.core.lint;

import dev.signalbox.core.Plugins;
import dev.signalbox.core.config.Places;
import dev.signalbox.core.config.Rule;
import dev.signalbox.core.config.Settings;
import dev.signalbox.spi.Where;

/**
 * What is looked at: settings that can be used.
 *
 * @param settings what they say
 * @param places where they say it
 * @param plugins who reads them
 */
record Subject(Settings settings, Places places, Plugins plugins) {

    Where placeOfRule(int index) {
        return places.rules().get(index);
    }

    /** {@code rule 3}, or {@code the rule "by-size" in line 12} where it can be found. */
    String named(int index) {
        Rule rule = settings.rules().get(index);
        int line = placeOfRule(index).line();
        String name = rule.name().startsWith("rule ") ? rule.name() : "the rule \"%s\"".formatted(rule.name());
        return line == 0 ? name : "%s in line %d".formatted(name, line);
    }
}
