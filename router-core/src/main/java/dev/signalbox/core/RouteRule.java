package dev.signalbox.core;

import dev.signalbox.core.config.Rule;
import dev.signalbox.core.config.RuleDraft;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Where;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Where requests go that fit, as one entry of {@code rules} in a file. Immutable; made by {@link When#use}. */
public final class RouteRule {

    private final Optional<String> name;
    private final boolean always;
    private final Says says;

    /** What a rule says, but for its name and whether it is asked first. */
    private interface Says {
        Optional<Rule> read(RuleDraft draft, String name, boolean always);
    }

    private RouteRule(Optional<String> name, boolean always, Says says) {
        this.name = name;
        this.always = always;
        this.says = says;
    }

    static RouteRule of(When when, String use) {
        return new RouteRule(
                Optional.empty(), false, (draft, name, always) -> draft.rule(name, when.condition(draft), use, always));
    }

    /**
     * Leads where the class leads that a classifier finds: a profile, alias or target for each. It is asked once at most
     * for a request, and only if no rule before held.
     */
    public static RouteRule classify(String classifier, Map<String, String> into) {
        return new RouteRule(
                Optional.empty(),
                false,
                (draft, name, always) -> draft.rule(byClass(draft, name, always, classifier, into)));
    }

    private static ConfigNode.Table byClass(
            RuleDraft draft, String name, boolean always, String classifier, Map<String, String> into) {
        Where place = draft.where().child("classify");
        SequencedMap<String, ConfigNode> says = new LinkedHashMap<>();
        says.put("by", new ConfigNode.Text(place.child("by"), classifier));
        says.put("into", ConfigNode.Table.of(place.child("into"), into));
        SequencedMap<String, ConfigNode> rule = new LinkedHashMap<>();
        rule.put("classify", new ConfigNode.Table(place, says));
        rule.put("name", new ConfigNode.Text(draft.where().child("name"), name));
        if (always) {
            rule.put("always", new ConfigNode.Text(draft.where().child("always"), "yes"));
        }
        return new ConfigNode.Table(draft.where(), rule);
    }

    /** The same rule, asked before anything the request names; nothing overrides it. A rule by class cannot be. */
    public RouteRule always() {
        return new RouteRule(name, true, says);
    }

    /** The same rule under that name in traces and explanations. */
    public RouteRule named(String given) {
        return new RouteRule(Optional.of(given), always, says);
    }

    Optional<Rule> read(RuleDraft draft) {
        return says.read(draft, name.orElseGet(draft::number), always);
    }
}
