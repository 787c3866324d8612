package dev.signalbox.core.config;

import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One rule while code says it, held to what a file is held to by the same readers. For one thread. */
public final class RuleDraft {

    private final RuleReading reader;
    private final String number;
    private final Where where;

    RuleDraft(RuleReading reader, String number, Where where) {
        this.reader = reader;
        this.number = number;
        this.where = where;
    }

    /** What traces call it where it has no name of its own. */
    public String number() {
        return number;
    }

    /** Where it is said. */
    public Where where() {
        return where;
    }

    /** A condition of one matcher, its argument as it would be written. */
    public Optional<Condition> condition(String matcher, ConfigNode argument) {
        return reader.matcher(matcher, argument);
    }

    /** A condition of one matcher, its argument set on the defaults. */
    public Optional<Condition> condition(MatcherFactory matcher, UnaryOperator<PluginConfig> argument) {
        PluginConfig config = argument.apply(
                PluginConfig.of(List.of(matcher.argument()), where.child("when").child(matcher.type())));
        config.check(reader.reading().problems());
        return Optional.of(new Condition.Asked(matcher.type(), matcher, config));
    }

    /** A rule of that condition; empty if something is wrong with it. */
    public Optional<Rule> rule(String name, Optional<Condition> when, String use, boolean always) {
        Optional<Use> leads = reader.reading().anyUse(new ConfigNode.Text(where.child("use"), use));
        return when.isPresent() && leads.isPresent()
                ? Optional.of(new Rule.If(name, when.get(), leads.get(), always))
                : Optional.empty();
    }

    /** A rule as it would be written; empty if something is wrong with it. */
    public Optional<Rule> rule(ConfigNode.Table written) {
        return reader.rule(number, written);
    }
}
