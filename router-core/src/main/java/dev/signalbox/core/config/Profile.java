package dev.signalbox.core.config;

import dev.signalbox.api.Capability;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Priority;
import dev.signalbox.api.Target;
import dev.signalbox.core.dialect.Directive;
import dev.signalbox.spi.PluginConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A named chain of targets or pools, tried in order.
 *
 * @param name its name; empty for the built-in one of a target reached without a profile
 * @param chain what is tried
 * @param limits how long things may take
 * @param fallBackOn the kinds of failure after which the next target is tried
 * @param attempts how many attempts at most
 * @param spill whether a later target may be taken while an earlier one is full
 * @param mayDrop capabilities that may be stripped from a request to make a target fit
 * @param lossless whether targets are left out for which a request would lose something by being translated
 * @param systemPrompt what becomes of system prompts
 * @param guards settings of guards in this profile, by type
 * @param retry whether and when the same target is tried again
 * @param on the profiles that it goes on in, once, for some kinds of failure
 * @param priority how urgent its requests are that do not say so themselves; empty if it says nothing
 */
public record Profile(
        String name,
        List<Entry> chain,
        Limits limits,
        Set<FailureKind> fallBackOn,
        int attempts,
        boolean spill,
        Set<Capability> mayDrop,
        boolean lossless,
        Directive systemPrompt,
        Map<String, PluginConfig> guards,
        Retry retry,
        Map<FailureKind, String> on,
        Optional<Priority> priority) {

    /** How many attempts at most unless a profile says otherwise: more than any sensible chain has targets. */
    public static final int ATTEMPTS = 16;

    public Profile {
        chain = List.copyOf(chain);
        fallBackOn = Set.copyOf(fallBackOn);
        mayDrop = Set.copyOf(mayDrop);
        guards = Map.copyOf(guards);
        on = Map.copyOf(on);
    }

    /** A profile of that chain, everything else as by default. */
    public static Profile of(String name, List<Entry> chain) {
        return new Profile(
                name,
                chain,
                Limits.DEFAULT,
                FailureKind.fallBackByDefault(),
                ATTEMPTS,
                true,
                Set.of(),
                false,
                Directive.NONE,
                Map.of(),
                Retry.NEVER,
                Map.of(),
                Optional.empty());
    }

    /** One step of a chain. Closed. */
    public sealed interface Entry {

        /** One target. */
        record One(Target target) implements Entry {}

        /**
         * Several targets, ordered by a selector.
         *
         * @param members the targets with what the selector may read of each
         * @param by the selector's name; empty: in the order written
         * @param settings the selector's own options
         */
        record Pool(List<Member> members, Optional<String> by, PluginConfig settings) implements Entry {
            public Pool {
                members = List.copyOf(members);
            }
        }

        /** A target of a pool. */
        record Member(Target target, PluginConfig settings) {}
    }

    /** Every target of the chain, in order. */
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>(chain.size());
        for (Entry entry : chain) {
            switch (entry) {
                case Entry.One one -> targets.add(one.target());
                case Entry.Pool pool -> pool.members().forEach(member -> targets.add(member.target()));
            }
        }
        return Collections.unmodifiableList(targets);
    }
}
