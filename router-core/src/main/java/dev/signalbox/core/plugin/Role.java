package dev.signalbox.core.plugin;

import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.ClassifierFactory;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.LedgerFactory;
import dev.signalbox.spi.ListenerFactory;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.SelectorFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a plugin can be for. */
public enum Role {
    BACKEND(BackendFactory.class, "backend type"),
    GUARD(GuardFactory.class, "guard"),
    MATCHER(MatcherFactory.class, "matcher"),
    SELECTOR(SelectorFactory.class, "selector"),
    CLASSIFIER(ClassifierFactory.class, "classifier"),
    LISTENER(ListenerFactory.class, "listener"),
    LEDGER(LedgerFactory.class, "ledger");

    private final Class<? extends PluginFactory<?>> contract;
    private final String noun;

    Role(Class<? extends PluginFactory<?>> contract, String noun) {
        this.contract = contract;
        this.noun = noun;
    }

    /** The role of what implements that contract; empty if it has none. */
    public static Optional<Role> of(Class<?> factory) {
        return Arrays.stream(values())
                .filter(role -> role.contract.isAssignableFrom(factory))
                .findFirst();
    }

    /** The contract of its factories. */
    public Class<? extends PluginFactory<?>> contract() {
        return contract;
    }

    /** What configuration calls it, such as {@code backend type}. */
    public String noun() {
        return noun;
    }

    /** The keys that stand beside a plugin's own options and are the engine's. */
    public Set<String> reserved() {
        return switch (this) {
            case BACKEND -> Set.of("type", "models", "capabilities", "any-model", "host", "linger");
            case SELECTOR -> Set.of("any-of", "by", "target");
            case LEDGER -> Set.of("type");
            case GUARD, MATCHER, CLASSIFIER, LISTENER -> Set.of();
        };
    }

    /** Every list of options a factory of this role has. */
    Stream<List<Option<?>>> optionsOf(PluginFactory<?> factory) {
        return switch (factory) {
            case GuardFactory guard -> Stream.of(guard.options(), guard.profileOptions());
            case SelectorFactory selector -> Stream.of(selector.options(), selector.entryOptions());
            case MatcherFactory matcher -> Stream.of(matcher.options(), List.of(matcher.argument()));
            default -> Stream.of(factory.options());
        };
    }
}
