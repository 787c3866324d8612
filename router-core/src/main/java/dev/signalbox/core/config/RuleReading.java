package dev.signalbox.core.config;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Reads the section {@code rules}. */
record RuleReading(Reading reading, Map<String, Set<String>> classifiers) {

    private static final Option<ConfigNode> WHEN = Option.node("when", "a condition such as { MATCHER: ARGUMENT }")
            .doc("The condition: a tree over matchers.");
    private static final Option<ConfigNode> USE =
            Option.node("use", "a profile, alias or target").doc("The profile, alias or target to use.");
    private static final Option<Boolean> ALWAYS = Option.flag("always")
            .doc("Whether it is asked before anything the request names.")
            .orElse(false);
    private static final Option<Optional<String>> NAME =
            Option.text("name").doc("What traces call it.").optional();

    private static final Option<String> BY = Option.text("by").doc("The classifier, by its name under `classifiers`.");
    private static final Option<Map<String, ConfigNode>> INTO = Option.mapOf(
                    "into", Option.node("use", "a profile, alias or target"))
            .doc("Where each class leads: `{ small: writing, hard: coding }`.");
    private static final Option<PluginConfig> CLASSIFY = Option.group("classify", List.of(BY, INTO))
            .doc(
                    "In place of `when` and `use`: asks a classifier, once at most for a request, and only if no rule before"
                            + " held.");

    /** What a rule by class may say. */
    static final List<Option<?>> CLASS_RULE = List.of(CLASSIFY, NAME);

    /** What a rule may say. */
    static final List<Option<?>> RULE = List.of(WHEN, USE, ALWAYS, NAME);

    /** The classes that each classifier, good or not, may answer; none where that cannot be said. */
    static Map<String, Set<String>> classes(Reading reading, Set<String> names, Map<String, Settings.Named> good) {
        Map<String, Set<String>> classes = new LinkedHashMap<>();
        for (String name : names) {
            classes.put(
                    name,
                    Optional.ofNullable(good.get(name))
                            .flatMap(said -> reading.plugins()
                                    .classifier(said.type())
                                    .map(factory -> factory.classes(said.settings())))
                            .orElse(Set.of()));
        }
        return classes;
    }

    List<Rule> read(List<ConfigNode> section) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < section.size(); i++) {
            String name = "rule " + (i + 1);
            reading.table(section.get(i), "a rule such as { when: { MATCHER: ARGUMENT }, use: PROFILE }")
                    .flatMap(table -> rule(name, table))
                    .ifPresent(rules::add);
        }
        return rules;
    }

    /** A rule that is written; {@code number} is its name where it has none. */
    Optional<Rule> rule(String number, ConfigNode.Table table) {
        return table.members().containsKey(CLASSIFY.name()) ? byClass(number, table) : ifRule(number, table);
    }

    private Optional<Rule> byClass(String number, ConfigNode.Table table) {
        PluginConfig config = PluginConfig.read(CLASS_RULE, table, "an option of a rule", reading.problems());
        return config.find(CLASSIFY)
                .filter(says -> says.find(BY).isPresent() && says.find(INTO).isPresent())
                .flatMap(says -> byClass(config.get(NAME).orElse(number), says));
    }

    private Optional<Rule> byClass(String name, PluginConfig says) {
        Set<String> classes = classifiers.get(says.get(BY));
        if (classes == null) {
            reading.problems()
                    .unknown(
                            says.where().child(BY.name()),
                            "a name under classifiers",
                            says.get(BY),
                            classifiers.keySet());
            return Optional.empty();
        }
        SequencedMap<String, Use> into = new LinkedHashMap<>();
        says.get(INTO).forEach((found, node) -> {
            if (!classes.isEmpty() && !classes.contains(found)) {
                reading.problems().unknown(node.where(), "a class of " + says.get(BY), found, classes);
            }
            reading.anyUse(node).ifPresent(use -> into.put(found, use));
        });
        return Optional.of(new Rule.ByClass(name, says.get(BY), into));
    }

    private Optional<Rule> ifRule(String number, ConfigNode.Table table) {
        PluginConfig config = PluginConfig.read(RULE, table, "an option of a rule", reading.problems());
        if (!config.has(WHEN) || !config.has(USE)) {
            return Optional.empty();
        }
        Optional<Condition> when = condition(config.get(WHEN));
        Optional<Use> use = reading.anyUse(config.get(USE));
        return when.isEmpty() || use.isEmpty()
                ? Optional.empty()
                : Optional.of(new Rule.If(config.get(NAME).orElse(number), when.get(), use.get(), config.get(ALWAYS)));
    }

    private Optional<Condition> condition(ConfigNode node) {
        return reading.table(node, "a condition such as { MATCHER: ARGUMENT } or { all: [ … ] }")
                .flatMap(table -> {
                    List<Optional<Condition>> parts = table.members().entrySet().stream()
                            .map(each -> part(each.getKey(), each.getValue()))
                            .toList();
                    if (parts.isEmpty()) {
                        reading.problems().add(table.where(), "an empty condition; name a matcher, or all, any or not");
                    }
                    if (parts.stream().anyMatch(Optional::isEmpty) || parts.isEmpty()) {
                        return Optional.empty();
                    }
                    List<Condition> good =
                            parts.stream().flatMap(Optional::stream).toList();
                    return Optional.of(good.size() == 1 ? good.getFirst() : new Condition.All(good));
                });
    }

    private Optional<Condition> part(String word, ConfigNode node) {
        return switch (word) {
            case "all" -> list(node).map(Condition.All::new);
            case "any" -> list(node).map(Condition.Any::new);
            case "not" -> condition(node).map(Condition.Not::new);
            default -> matcher(word, node);
        };
    }

    private Optional<List<Condition>> list(ConfigNode node) {
        List<ConfigNode> items = node instanceof ConfigNode.Sequence list ? list.items() : List.of(node);
        List<Optional<Condition>> parts = items.stream().map(this::condition).toList();
        return parts.stream().allMatch(Optional::isPresent)
                ? Optional.of(parts.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    /** A condition of one matcher. */
    Optional<Condition> matcher(String type, ConfigNode node) {
        Optional<MatcherFactory> factory = reading.plugins().matcher(type);
        if (factory.isEmpty()) {
            reading.problems().add(node.where(), reading.plugins().missing(MatcherFactory.class, type));
            return Optional.empty();
        }
        return asked(factory.get(), node);
    }

    private Optional<Condition> asked(MatcherFactory factory, ConfigNode node) {
        Option<?> argument = factory.argument();
        var members = new java.util.LinkedHashMap<String, ConfigNode>(Map.of(argument.name(), node));
        boolean readable = argument.read(node, reading.problems()).isPresent();
        if (!readable) {
            return Optional.empty();
        }
        PluginConfig config = PluginConfig.read(
                List.of(argument),
                new ConfigNode.Table(node.where(), members),
                "an argument",
                new dev.signalbox.spi.Problems());
        return Optional.of(new Condition.Asked(factory.type() + ": " + node.seen(), factory, config));
    }
}
