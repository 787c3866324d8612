package dev.signalbox.core.engine;

import static java.util.Objects.requireNonNull;

import dev.signalbox.api.Target;
import dev.signalbox.core.config.Profile;
import dev.signalbox.core.config.Rule;
import dev.signalbox.core.config.Settings;
import dev.signalbox.core.room.Gate;
import dev.signalbox.spi.Classifier;
import dev.signalbox.spi.RouterListener;
import dev.signalbox.spi.Selector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

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
    private final Map<String, Classifying> classifiers;
    private final List<ActiveListener> listeners;
    private final Events events;
    private final boolean usageWanted;
    private final AtomicLong users = new AtomicLong();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Runnable atLast = () -> {}; // set before RETIRED is

    Plan(
            Settings settings,
            SequencedMap<String, Member> members,
            List<Rule> rules,
            List<ActiveGuard> guards,
            Map<Profile.Entry.Pool, Selector> selectors,
            SequencedMap<String, Gate> gates,
            Map<String, Classifying> classifiers,
            List<ActiveListener> listeners,
            List<RouterListener> given) {
        this.settings = settings;
        this.members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
        this.rules = List.copyOf(rules);
        this.guards = List.copyOf(guards);
        this.selectors = Map.copyOf(selectors);
        this.gates = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(gates));
        this.classifiers = Map.copyOf(classifiers);
        this.listeners = List.copyOf(listeners);
        this.events =
                new Events(Stream.concat(given.stream(), listeners.stream().map(ActiveListener::listener))
                        .toList());
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

    /** The target by the name its backend lists, if it does. */
    Target listed(Target target) {
        return member(target.backend())
                .flatMap(member -> member.find(target.model()))
                .map(model -> new Target(target.backend(), model.name()))
                .orElse(target);
    }

    /** The rules, with matchers that can be asked. */
    List<Rule> rules() {
        return rules;
    }

    List<ActiveGuard> guards() {
        return guards;
    }

    Optional<ActiveGuard> guard(String type) {
        return guards.stream().filter(guard -> guard.type().equals(type)).findFirst();
    }

    /** The classifier of that name, which is there if a rule names it. */
    Classifier classifier(String name) {
        return requireNonNull(classifiers.get(name)).classifier();
    }

    Optional<Classifying> classifying(String name) {
        return Optional.ofNullable(classifiers.get(name));
    }

    Optional<ActiveListener> listener(String type) {
        return listeners.stream()
                .filter(listener -> listener.type().equals(type))
                .findFirst();
    }

    /** Who is told what happens under this plan. */
    Events events() {
        return events;
    }

    Optional<Selector> selector(Profile.Entry.Pool pool) {
        return Optional.ofNullable(selectors.get(pool));
    }

    SequencedMap<String, Gate> gates() {
        return gates;
    }

    /** The gates in front of a target, by whatever name of its model they call it. */
    List<Gate> gatesOf(Member member, Target target) {
        if (gates.isEmpty()) {
            return List.of();
        }
        return settings.gates().values().stream()
                .filter(gate ->
                        gate.guards(target) || gate.of().stream().anyMatch(place -> means(place, member, target)))
                .map(gate -> requireNonNull(gates.get(gate.name())))
                .toList();
    }

    private static boolean means(String place, Member member, Target target) {
        String prefix = target.backend() + "/";
        return place.startsWith(prefix) && member.means(place.substring(prefix.length()), target.model());
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
            end();
        }
    }

    /** Nobody takes the plan any more; the action runs once, when the last one has let go. */
    void retire(Runnable action) {
        atLast = action;
        if (users.getAndUpdate(count -> count | RETIRED) == 0) {
            end();
        }
    }

    private void end() {
        atLast.run();
        over.countDown();
    }

    /** Waits until a retired plan is used no more; false if that takes longer. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        return over.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** The plugins it holds on to; listeners last, since the others may still have something to tell. */
    List<Shared> plugins() {
        List<Shared> plugins = new ArrayList<>();
        members.values().forEach(member -> plugins.add(member.shared()));
        guards.forEach(guard -> plugins.add(guard.shared()));
        classifiers.values().forEach(each -> plugins.add(each.shared()));
        listeners.forEach(listener -> plugins.add(listener.shared()));
        return plugins;
    }
}
