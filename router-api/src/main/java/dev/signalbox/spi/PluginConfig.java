package dev.signalbox.spi;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The checked values of a list of options. Immutable; every option of the list has a value. */
public final class PluginConfig {

    private static final PluginConfig EMPTY = new PluginConfig(Where.code(""), Map.of(), Map.of(), Set.of());

    private final Where where;
    private final Map<String, Option<?>> options;
    private final Map<String, Object> values;
    private final Set<String> given;

    private PluginConfig(Where where, Map<String, Option<?>> options, Map<String, Object> values, Set<String> given) {
        this.where = where;
        this.options = options;
        this.values = values;
        this.given = given;
    }

    /** No options at all. */
    public static PluginConfig empty() {
        return EMPTY;
    }

    /** The defaults of these options, to be changed by {@link #with}; {@link #check} tells what is missing. */
    public static PluginConfig of(Collection<Option<?>> options, Where where) {
        return read(options, ConfigNode.Table.empty(where));
    }

    private static PluginConfig read(Collection<Option<?>> options, ConfigNode.Table table) {
        Map<String, Option<?>> byName = new LinkedHashMap<>();
        Map<String, Object> values = new LinkedHashMap<>();
        for (Option<?> option : options) {
            if (byName.put(option.name(), option) != null) {
                throw new IllegalArgumentException("two options of the name " + option.name());
            }
            option.fallback().ifPresent(value -> values.put(option.name(), value));
        }
        return new PluginConfig(table.where(), byName, values, Set.of());
    }

    /**
     * Reads a table: every member must be one of the options, every required option must be there.
     *
     * @param what what an unknown member is not: {@code an option of backend type "ollama"}
     * @param problems takes everything that is wrong; the result is to be used only if nothing was
     */
    public static PluginConfig read(
            Collection<Option<?>> options, ConfigNode.Table table, String what, Problems problems) {
        PluginConfig config = read(options, table);
        Set<String> given = new LinkedHashSet<>();
        Map<String, Object> values = new LinkedHashMap<>(config.values);
        table.members().forEach((name, node) -> {
            Option<?> option = config.options.get(name);
            if (option == null) {
                problems.add(node.where(), "not %s. %s".formatted(what, Near.hint(name, config.options.keySet())));
                return;
            }
            given.add(name);
            option.read(node, problems).ifPresent(value -> values.put(name, value));
        });
        for (Option<?> option : config.options.values()) {
            if (option.required() && !given.contains(option.name())) {
                problems.add(table.where().child(option.name()), "missing: needs " + option.type());
            }
        }
        return new PluginConfig(table.where(), config.options, values, Set.copyOf(given));
    }

    /** The same values with one set by code, which beats a file. */
    public <T> PluginConfig with(Option<T> option, T value) {
        known(option);
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(option.name(), value);
        Set<String> set = new LinkedHashSet<>(given);
        set.add(option.name());
        return new PluginConfig(where, options, more, Set.copyOf(set));
    }

    /** The same values with one that may be missing set by code. */
    public <T> PluginConfig withPresent(Option<Optional<T>> option, T value) {
        return with(option, Optional.of(value));
    }

    /** Notes every required option that has no value, and every value that a file could not have set. */
    public void check(Problems problems) {
        for (Option<?> option : options.values()) {
            if (!values.containsKey(option.name())) {
                problems.add(where.child(option.name()), "missing: needs " + option.type());
            } else if (has(option)) {
                check(option, problems);
            }
        }
    }

    private <T> void check(Option<T> option, Problems problems) {
        option.check(get(option), where.child(option.name()), problems);
    }

    /**
     * The value of an option.
     *
     * @throws IllegalArgumentException if the option is not of this list, or required and missing
     */
    @SuppressWarnings("unchecked") // a value was put in under its own option
    public <T> T get(Option<T> option) {
        known(option);
        Object value = values.get(option.name());
        if (value == null) {
            throw new IllegalArgumentException(where.child(option.name()) + " is missing");
        }
        return (T) value;
    }

    /**
     * The value of an option, or empty if it is required and missing or was written wrongly.
     *
     * @throws IllegalArgumentException if the option is not of this list
     */
    @SuppressWarnings("unchecked") // a value was put in under its own option
    public <T> Optional<T> find(Option<T> option) {
        known(option);
        return Optional.ofNullable((T) values.get(option.name()));
    }

    /** Whether file or code gave the option a value, rather than its default. */
    public boolean has(Option<?> option) {
        return given.contains(option.name());
    }

    /** Where these values were written. */
    public Where where() {
        return where;
    }

    /** Every value that is never to be shown, also inside others, so that it can be looked for in what is. */
    public List<String> secrets() {
        return secrets(false).filter(secret -> !secret.isBlank()).distinct().toList();
    }

    Stream<String> secrets(boolean all) {
        return options.values().stream().flatMap(option -> secrets(option, all));
    }

    private <T> Stream<String> secrets(Option<T> option, boolean all) {
        return find(option).stream().flatMap(value -> option.secrets(value, all));
    }

    /** The options, in the order of their list. */
    public List<Option<?>> options() {
        return List.copyOf(options.values());
    }

    /** The names of what was given: values may be secret. */
    @Override
    public String toString() {
        return given.isEmpty() ? "{}" : given.toString();
    }

    /** Equal if they say the same, wherever they were written. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PluginConfig config && values.equals(config.values) && given.equals(config.given);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    private void known(Option<?> option) {
        if (!options.containsKey(option.name())) {
            throw new IllegalArgumentException("%s has no option %s".formatted(where, option.name()));
        }
    }
}
