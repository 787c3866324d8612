package dev.signalbox.core.lint;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.Near;
import dev.signalbox.spi.Option.Reference;
import java.util.Set;

/** Conditions on callers that nobody is, where callers are configured. */
final class UnknownCallers implements Check {

    private static final Set<String> TREES = Set.of("all", "any", "not");

    @Override
    public void look(Subject subject, Remarks remarks) {
        if (subject.places().section("callers").orElse(null) instanceof ConfigNode.Table callers
                && !callers.members().isEmpty()
                && subject.places().section("rules").orElse(null) instanceof ConfigNode.Sequence rules) {
            Look look = new Look(subject, remarks, callers.members().sequencedKeySet());
            rules.items().forEach(look::rule);
        }
    }

    /** One look at all rules. */
    private record Look(Subject subject, Remarks remarks, Set<String> callers) {

        void rule(ConfigNode rule) {
            if (rule instanceof ConfigNode.Table table) {
                ConfigNode when = table.members().get("when");
                if (when != null) {
                    condition(when);
                }
            }
        }

        private void condition(ConfigNode node) {
            switch (node) {
                case ConfigNode.Sequence list -> list.items().forEach(this::condition);
                case ConfigNode.Table table -> table.members().forEach(this::part);
                case ConfigNode.Text text -> {}
            }
        }

        private void part(String word, ConfigNode node) {
            if (TREES.contains(word)) {
                condition(node);
            } else if (subject.plugins()
                    .matcher(word)
                    .map(MatcherFactory::argument)
                    .filter(argument -> argument.refersTo() == Reference.CALLER)
                    .isPresent()) {
                names(node);
            }
        }

        private void names(ConfigNode node) {
            switch (node) {
                case ConfigNode.Sequence list -> list.items().forEach(this::names);
                case ConfigNode.Text text -> name(text);
                case ConfigNode.Table table -> {}
            }
        }

        private void name(ConfigNode.Text text) {
            Glob pattern = new Glob(text.value().strip());
            if (callers.stream().noneMatch(pattern::matches)) {
                remarks.warn(
                        text.where(),
                        "%s is nobody under callers. %s".formatted(text.seen(), Near.hint(pattern.text(), callers)));
            }
        }
    }
}
