package dev.signalbox.core;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Where;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Says who does which task. For one thread, inside {@link RouterBuilder#tasks}. What is wrong with it is told by {@link
 * RouterBuilder#build}, in the words a file would be told.
 */
public final class TaskBuilder {

    private static final Where WHERE = Where.code("tasks");

    private final SequencedMap<String, ConfigNode> roles = new LinkedHashMap<>();
    private final SequencedMap<String, ConfigNode> types = new LinkedHashMap<>();
    private final List<ConfigNode> urgency = new ArrayList<>();
    private final SequencedMap<String, ConfigNode> others = new LinkedHashMap<>();

    TaskBuilder() {}

    /** A role, and the profile, alias or target that does its tasks. */
    public TaskBuilder role(String name, String use) {
        Where where = WHERE.child("roles").child(name);
        SequencedMap<String, ConfigNode> said = new LinkedHashMap<>();
        said.put("use", text(where.child("use"), use));
        roles.put(name, new ConfigNode.Table(where, said));
        return this;
    }

    /** A role whose model is told something before the task, as a system prompt. */
    public TaskBuilder role(String name, String use, String instruction) {
        Where where = WHERE.child("roles").child(name);
        SequencedMap<String, ConfigNode> said = new LinkedHashMap<>();
        said.put("use", text(where.child("use"), use));
        said.put("instruction", text(where.child("instruction"), instruction));
        roles.put(name, new ConfigNode.Table(where, said));
        return this;
    }

    /** The types of tasks that are a role's. */
    public TaskBuilder types(String role, String... names) {
        for (String name : names) {
            types.put(name, text(WHERE.child("types").child(name), role));
        }
        return this;
    }

    /** The role of all other types. */
    public TaskBuilder otherwise(String role) {
        return other("otherwise", role);
    }

    /**
     * What urgency changes. Rules are asked in the order they are said; the first that holds counts.
     *
     * @param level how urgent the task has to be
     * @param role whose tasks it is about
     * @param use the role that does them instead
     * @param except types of tasks that it is not about
     */
    public TaskBuilder urgency(String level, String role, String use, String... except) {
        Where where = WHERE.child("urgency[%d]".formatted(urgency.size() + 1));
        SequencedMap<String, ConfigNode> rule = new LinkedHashMap<>();
        rule.put("is", text(where.child("is"), level));
        rule.put("role", text(where.child("role"), role));
        List<ConfigNode> types = new ArrayList<>();
        for (String type : except) {
            types.add(text(where.child("except"), type));
        }
        rule.put("except", new ConfigNode.Sequence(where.child("except"), types));
        rule.put("use", text(where.child("use"), use));
        urgency.add(new ConfigNode.Table(where, rule));
        return this;
    }

    /** The prompt of a task with a context, with places for {@code {context}} and {@code {prompt}}. */
    public TaskBuilder template(String text) {
        return other("template", text);
    }

    /** How many tokens answers may have whose task does not say. */
    public TaskBuilder maxTokens(long tokens) {
        return other("max-tokens", Long.toString(tokens));
    }

    /** How many tokens a task may ask for. */
    public TaskBuilder mostTokens(long tokens) {
        return other("most-tokens", Long.toString(tokens));
    }

    /** The temperature of tasks that do not say. */
    public TaskBuilder temperature(double temperature) {
        return other("temperature", Double.toString(temperature));
    }

    private TaskBuilder other(String name, String value) {
        others.put(name, text(WHERE.child(name), value));
        return this;
    }

    private static ConfigNode text(Where where, String value) {
        return new ConfigNode.Text(where, value);
    }

    /** As it would stand in a file. */
    ConfigNode node() {
        SequencedMap<String, ConfigNode> all = new LinkedHashMap<>();
        all.put("roles", new ConfigNode.Table(WHERE.child("roles"), roles));
        all.put("types", new ConfigNode.Table(WHERE.child("types"), types));
        all.put("urgency", new ConfigNode.Sequence(WHERE.child("urgency"), urgency));
        all.putAll(others);
        return new ConfigNode.Table(WHERE, all);
    }
}
