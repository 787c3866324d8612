package dev.signalbox.core.config;

import dev.signalbox.api.Target;
import dev.signalbox.core.Plugins;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Glob;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What all readers of sections share while one configuration is read.
 *
 * @param plugins what may be named
 * @param problems takes what is wrong
 * @param backends the names of all backends, good or not, so that one mistake is told once
 * @param profiles the names of all profiles in lower case, good or not
 * @param aliases the names of all aliases in lower case that are no patterns, good or not
 */
record Reading(Plugins plugins, Problems problems, Set<String> backends, Set<String> profiles, Set<String> aliases) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

    /** What is shared while this is read, whose sections may use names that code gives. */
    static Reading of(Plugins plugins, Problems problems, ConfigNode.Table root, Draft.Names byCode) {
        Set<String> backends = new LinkedHashSet<>(names(root, RouterOptions.BACKENDS.name()));
        backends.addAll(byCode.backends());
        Set<String> profiles = new LinkedHashSet<>();
        names(root, RouterOptions.PROFILES.name()).forEach(name -> profiles.add(name.toLowerCase(Locale.ROOT)));
        profiles.addAll(byCode.profiles());
        Set<String> aliases = new LinkedHashSet<>();
        Stream.concat(names(root, RouterOptions.ALIASES.name()).stream(), byCode.aliases().stream())
                .filter(name -> !new Glob(name).wild())
                .forEach(name -> aliases.add(key(name)));
        return new Reading(plugins, problems, backends, profiles, aliases);
    }

    private static Set<String> names(ConfigNode.Table root, String section) {
        return root.members().get(section) instanceof ConfigNode.Table table
                ? table.members().sequencedKeySet()
                : Set.of();
    }

    /** Notes a name that cannot be one. */
    void requireName(Where where, String what, String name) {
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    where,
                    "\"%s\" is not a %s's name such as gpu-1: small letters, digits and hyphens".formatted(name, what));
        }
    }

    /** What a plugin's options say, names included that mean something in this configuration. */
    PluginConfig config(List<Option<?>> options, ConfigNode.Table table, String what) {
        new References(this).check(options, table);
        return PluginConfig.read(options, table, what, problems);
    }

    /** A table, or nothing and a problem. */
    Optional<ConfigNode.Table> table(ConfigNode node, String what) {
        if (node instanceof ConfigNode.Table table) {
            return Optional.of(table);
        }
        problems.add(node.where(), "%s is not %s".formatted(node.seen(), what));
        return Optional.empty();
    }

    /** A scalar, or nothing and a problem. */
    Optional<String> text(ConfigNode node, String what) {
        if (node instanceof ConfigNode.Text text && !text.value().isBlank()) {
            return Optional.of(text.value().strip());
        }
        problems.add(node.where(), "%s is not %s".formatted(node.seen(), what));
        return Optional.empty();
    }

    /** A target whose backend is configured. */
    Optional<Target> target(ConfigNode node) {
        return text(node, "a target such as gpu/qwen3:8b").flatMap(text -> target(node.where(), text));
    }

    /** A profile or a target. */
    Optional<Use> use(ConfigNode node) {
        return text(node, "a profile or a target such as gpu/qwen3:8b").flatMap(text -> use(node.where(), text));
    }

    /** A profile, an alias or a target. */
    Optional<Use> anyUse(ConfigNode node) {
        return node instanceof ConfigNode.Text text && aliases.contains(key(text.value()))
                ? Optional.of(new Use.ToAlias(key(text.value())))
                : use(node);
    }

    /** What names are compared by. */
    static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** Notes what is neither a configured backend nor a target of one. */
    void requirePlace(Where where, String text) {
        if (text.indexOf('/') >= 0) {
            target(where, text);
        } else if (!backends.contains(text)) {
            problems.unknown(where, "a configured backend", text, backends);
        }
    }

    private Optional<Use> use(Where where, String text) {
        String key = text.toLowerCase(Locale.ROOT);
        if (profiles.contains(key)) {
            return Optional.of(new Use.ToProfile(key));
        }
        if (text.indexOf('/') > 0) {
            return target(where, text).map(Use.ToTarget::new);
        }
        if (aliases.contains(key(text))) {
            problems.add(where, "\"%s\" is an alias; name the profile or the target that it leads to".formatted(text));
            return Optional.empty();
        }
        Set<String> known = new LinkedHashSet<>(profiles);
        problems.unknown(where, "a profile, nor a target such as gpu/qwen3:8b", text, known);
        return Optional.empty();
    }

    private Optional<Target> target(Where where, String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1) {
            problems.add(where, "\"%s\" is not a target such as gpu/qwen3:8b".formatted(text));
            return Optional.empty();
        }
        String backend = text.substring(0, slash);
        if (!backends.contains(backend)) {
            problems.unknown(where, "a configured backend", backend, backends);
            return Optional.empty();
        }
        return Optional.of(Target.of(text));
    }
}
