package dev.signalbox.core;

import dev.signalbox.api.FailureKind;
import dev.signalbox.api.Target;
import dev.signalbox.core.config.Limits;
import dev.signalbox.core.config.Profile;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.SelectorFactory;
import dev.signalbox.spi.Where;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says what a profile is. For one thread, inside {@link RouterBuilder#profile}. */
public final class ProfileBuilder {

    private final String name;
    private final Plugins plugins;
    private final Problems problems;
    private final List<Profile.Entry> chain = new ArrayList<>();
    private Limits limits = Limits.DEFAULT;
    private Set<FailureKind> fallBackOn = FailureKind.fallBackByDefault();
    private int attempts = Profile.ATTEMPTS;
    private boolean spill = true;

    ProfileBuilder(String name, Plugins plugins, Problems problems) {
        this.name = name;
        this.plugins = plugins;
        this.problems = problems;
    }

    /** Tries these targets next, in this order. */
    public ProfileBuilder targets(String... targets) {
        for (String target : targets) {
            target(target).ifPresent(good -> chain.add(new Profile.Entry.One(good)));
        }
        return this;
    }

    /** Tries these targets next, ordered by a selector. */
    public ProfileBuilder pool(String selector, String... targets) {
        Optional<SelectorFactory> factory = plugins.selector(selector);
        if (factory.isEmpty()) {
            problems.add(where(), plugins.missing(SelectorFactory.class, selector));
            return this;
        }
        List<Profile.Entry.Member> members = Arrays.stream(targets)
                .flatMap(target -> target(target).stream())
                .map(target -> new Profile.Entry.Member(
                        target, PluginConfig.of(factory.get().entryOptions(), where())))
                .toList();
        PluginConfig settings = PluginConfig.of(factory.get().options(), where());
        chain.add(new Profile.Entry.Pool(members, Optional.of(selector), settings));
        return this;
    }

    /** How long a request may take in all. */
    public ProfileBuilder total(Duration time) {
        limits = new Limits(time, limits.waiting(), limits.firstContent(), limits.idle(), limits.maxOvertaken());
        return this;
    }

    /** How long a request may wait for a place. */
    public ProfileBuilder waiting(Duration time) {
        limits = new Limits(limits.total(), time, limits.firstContent(), limits.idle(), limits.maxOvertaken());
        return this;
    }

    /** How long a streamed reply may take to its first content. */
    public ProfileBuilder firstContent(Duration time) {
        limits = new Limits(limits.total(), limits.waiting(), time, limits.idle(), limits.maxOvertaken());
        return this;
    }

    /** How long a streamed reply may be without any byte. */
    public ProfileBuilder idle(Duration time) {
        limits = new Limits(limits.total(), limits.waiting(), limits.firstContent(), time, limits.maxOvertaken());
        return this;
    }

    /** Falls back on these kinds of failure and no others. */
    public ProfileBuilder fallBackOn(FailureKind... kinds) {
        fallBackOn = Set.of(kinds);
        return this;
    }

    /** How many attempts at most, at least 1. */
    public ProfileBuilder attempts(int most) {
        attempts = most;
        return this;
    }

    /** Whether a later target may be taken while an earlier one is full; it may unless this says no. */
    public ProfileBuilder spill(boolean allowed) {
        spill = allowed;
        return this;
    }

    Profile build() {
        if (chain.isEmpty()) {
            problems.add(where(), "a profile needs at least one target such as gpu/qwen3:8b");
        }
        return new Profile(name, chain, limits, fallBackOn, attempts, spill, Set.of(), Map.of());
    }

    private Optional<Target> target(String text) {
        try {
            return Optional.of(Target.of(text));
        } catch (IllegalArgumentException notOne) {
            problems.add(where(), "" + notOne.getMessage());
            return Optional.empty();
        }
    }

    private Where where() {
        return Where.code("profiles." + name);
    }
}
