package dev.signalbox.core.engine;

import dev.signalbox.api.Target;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.config.Rule;
import dev.signalbox.core.config.Settings;
import dev.signalbox.core.room.Gate;
import dev.signalbox.spi.Selector;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The configuration at work: one immutable value with the plugins it made. Each request holds on to one plan; what a
 * later plan no longer needs is closed when the last request of this one has ended.
 */
final class Plan {

    /** Set in {@link #users} once a plan is retired. */
    private static final long RETIRED = 1L << 62;

    private final Settings settings;
    private final SequencedMap<String, Member> members;
    private final List<Rule> rules;
    private final List<ActiveGuard> guards;
    private final Map<Profile.Entry.Pool, Selector> selectors;
    private final SequencedMap<String, Gate> gates;
    private final boolean usageWanted;
    private final AtomicLong users = new AtomicLong();
    private volatile Runnable atLast = () -> {}; // set before RETIRED is

    Plan(
            Settings settings,
            SequencedMap<String, Member> members,
            List<Rule> rules,
            List<ActiveGuard> guards,
            Map<Profile.Entry.Pool, Selector> selectors,
            SequencedMap<String, Gate> gates) {
        this.settings = settings;
        this.members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
        this.rules = List.copyOf(rules);
        this.guards = List.copyOf(guards);
        this.selectors = Map.copyOf(selectors);
        this.gates = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(gates));
        this.usageWanted = guards.stream().anyMatch(active -> active.guard().needsUsage());
    }

    Settings settings() {
        return settings;
    }

    SequencedMap<String, Member> members() {
        return members;
    }

    Optional<Member> member(String backend) {
        return Optional.ofNullable(members.get(backend));
    }

    /** The rules, with matchers that can be asked. */
    List<Rule> rules() {
        return rules;
    }

    List<ActiveGuard> guards() {
        return guards;
    }

    Optional<Selector> selector(Profile.Entry.Pool pool) {
        return Optional.ofNullable(selectors.get(pool));
    }

    SequencedMap<String, Gate> gates() {
        return gates;
    }

    /** The gates in front of a target. */
    List<Gate> gatesOf(Target target) {
        if (gates.isEmpty()) {
            return List.of();
        }
        return settings.gates().values().stream()
                .filter(gate -> gate.guards(target))
                .map(gate -> java.util.Objects.requireNonNull(gates.get(gate.name())))
                .toList();
    }

    /** Whether some guard wants the tokens of every answer. */
    boolean usageWanted() {
        return usageWanted;
    }

    /** Holds on to the plan; false if it is retired and another one is to be taken. */
    boolean hold() {
        return users.getAndUpdate(count -> (count & RETIRED) == 0 ? count + 1 : count) < RETIRED;
    }

    /** Lets go of the plan. */
    void letGo() {
        if (users.decrementAndGet() == RETIRED) {
            atLast.run();
        }
    }

    /** Nobody takes the plan any more; the action runs once, when the last one has let go. */
    void retire(Runnable action) {
        atLast = action;
        if (users.getAndUpdate(count -> count | RETIRED) == 0) {
            action.run();
        }
    }
}
