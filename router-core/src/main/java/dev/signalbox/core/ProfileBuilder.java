package dev.signalbox.core;

import dev.signalbox.api.Capability;
import dev.signalbox.api.FailureKind;
import dev.signalbox.core.config.ProfileOptions;
import dev.signalbox.core.config.SystemPromptOptions;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/**
 * Says what a profile is. For one thread, inside {@link RouterBuilder#profile}. What is wrong with it is told by {@link
 * RouterBuilder#build}, in the words a file would be told.
 */
public final class ProfileBuilder {

    private final Where where;
    private final List<ConfigNode> chain = new ArrayList<>();
    private final List<UnaryOperator<PluginConfig>> options = new ArrayList<>();
    private final Map<String, String> roads = new LinkedHashMap<>();
    private PluginConfig limits;

    ProfileBuilder(String name) {
        this.where = Where.code("profiles." + name);
        this.limits = PluginConfig.of(ProfileOptions.LIMIT_OPTIONS, where.child(ProfileOptions.LIMITS.name()));
    }

    /** Tries these targets next, in this order. */
    public ProfileBuilder targets(String... targets) {
        for (String target : targets) {
            chain.add(new ConfigNode.Text(place(chain.size() + 1), target));
        }
        return this;
    }

    /** Tries these targets next, ordered by a selector. */
    public ProfileBuilder pool(String selector, String... targets) {
        Where place = place(chain.size() + 1);
        List<ConfigNode> members = new ArrayList<>();
        for (String target : targets) {
            members.add(new ConfigNode.Text(place.child("any-of"), target));
        }
        SequencedMap<String, ConfigNode> pool = new LinkedHashMap<>();
        pool.put("any-of", new ConfigNode.Sequence(place.child("any-of"), members));
        pool.put("by", new ConfigNode.Text(place.child("by"), selector));
        chain.add(new ConfigNode.Table(place, pool));
        return this;
    }

    /** How long a request may take in all, 100 milliseconds to 7 days, as all limits. */
    public ProfileBuilder total(Duration time) {
        return limit(ProfileOptions.TOTAL, time);
    }

    /** How long a request may wait for a place. */
    public ProfileBuilder waiting(Duration time) {
        return limit(ProfileOptions.WAIT, time);
    }

    /** How long a streamed reply may take to its first content. */
    public ProfileBuilder firstContent(Duration time) {
        return limit(ProfileOptions.FIRST_CONTENT, time);
    }

    /** How long a streamed reply may be without any byte. */
    public ProfileBuilder idle(Duration time) {
        return limit(ProfileOptions.IDLE, time);
    }

    /** How long requests that can start may pass over one that cannot. */
    public ProfileBuilder maxOvertaken(Duration time) {
        return limit(ProfileOptions.MAX_OVERTAKEN, time);
    }

    /** Falls back on these kinds of failure and no others. */
    public ProfileBuilder fallBackOn(FailureKind... kinds) {
        return option(ProfileOptions.FALL_BACK_ON, List.of(kinds));
    }

    /** Goes on in that profile instead of the rest of the chain after that kind of failure. */
    public ProfileBuilder on(FailureKind kind, String profile) {
        roads.put(kind.id(), profile);
        return option(ProfileOptions.ON, Map.copyOf(roads));
    }

    /** Tries the same target again, so often at most, before the next one. */
    public ProfileBuilder retry(int times, Duration backoff, FailureKind... kinds) {
        PluginConfig retry = PluginConfig.of(ProfileOptions.RETRY_OPTIONS, where.child(ProfileOptions.RETRY.name()))
                .with(ProfileOptions.RETRY_TIMES, (long) times)
                .with(ProfileOptions.RETRY_BACKOFF, backoff)
                .with(ProfileOptions.RETRY_ON, List.of(kinds));
        options.add(config -> config.withPresent(ProfileOptions.RETRY, retry));
        return this;
    }

    /** How many attempts at most, 1 to 100. */
    public ProfileBuilder attempts(int most) {
        return option(ProfileOptions.ATTEMPTS, (long) most);
    }

    /** Whether a later target may be taken while an earlier one is full; it may unless this says no. */
    public ProfileBuilder spill(boolean allowed) {
        return option(ProfileOptions.SPILL, allowed);
    }

    /** Capabilities that may be stripped from a request to make a target fit; nothing else ever is. */
    public ProfileBuilder mayDrop(Capability... capabilities) {
        return option(ProfileOptions.MAY_DROP, List.of(capabilities));
    }

    /** Whether targets are left out for which a request would lose something by being translated; no unless this says so. */
    public ProfileBuilder lossless(boolean wanted) {
        return option(ProfileOptions.LOSSLESS, wanted);
    }

    /** Puts a text after the system prompts of requests in this profile, or makes it their system prompt. */
    public ProfileBuilder appendToSystemPrompt(String text) {
        PluginConfig prompt = PluginConfig.of(SystemPromptOptions.ALL, where.child(ProfileOptions.SYSTEM_PROMPT.name()))
                .withPresent(SystemPromptOptions.APPEND, text);
        options.add(config -> config.withPresent(ProfileOptions.SYSTEM_PROMPT, prompt));
        return this;
    }

    /** All that was said, on the defaults of a profile. */
    PluginConfig on(PluginConfig defaults) {
        PluginConfig config = defaults.with(ProfileOptions.CHAIN, new ConfigNode.Sequence(where.child("chain"), chain))
                .withPresent(ProfileOptions.LIMITS, limits);
        for (UnaryOperator<PluginConfig> option : options) {
            config = option.apply(config);
        }
        return config;
    }

    private ProfileBuilder limit(Option<Duration> limit, Duration time) {
        limits = limits.with(limit, time);
        return this;
    }

    private <T> ProfileBuilder option(Option<T> option, T value) {
        options.add(config -> config.with(option, value));
        return this;
    }

    private Where place(int number) {
        return Where.code("%s.chain[%d]".formatted(where.path(), number));
    }
}
