package dev.signalbox.core;

import static java.util.stream.Collectors.joining;

import dev.signalbox.core.plugin.Duplicates;
import dev.signalbox.core.plugin.Finding;
import dev.signalbox.core.plugin.PluginCheck;
import dev.signalbox.core.plugin.PluginFinder;
import dev.signalbox.core.plugin.Role;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.ClassifierFactory;
import dev.signalbox.spi.GuardFactory;
import dev.signalbox.spi.LedgerFactory;
import dev.signalbox.spi.ListenerFactory;
import dev.signalbox.spi.MatcherFactory;
import dev.signalbox.spi.Near;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.SelectorFactory;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The factories a router may use. Immutable.
 *
 * <p>A plugin that cannot be used, because its jar is broken, too old, too new or brings a type that another one
 * brings too, hides no other. It is an error only for a configuration that names it; for all others {@link #broken}
 * has it, to be warned of.
 */
public final class Plugins {

    private static final int MOST_SUSPECTS = 3; // a jar without its libraries may bring dozens

    private final List<Finding> given;
    private final List<Finding> findings;

    private Plugins(List<Finding> given) {
        this.given = List.copyOf(given);
        this.findings = Duplicates.marked(given);
    }

    /** Everything {@link java.util.ServiceLoader} finds from the thread's context class loader. */
    public static Plugins discovered() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return discovered(context == null ? ClassLoader.getSystemClassLoader() : context);
    }

    /** Everything {@link java.util.ServiceLoader} finds from a class loader, on its class path and in its modules. */
    public static Plugins discovered(ClassLoader loader) {
        return new Plugins(PluginFinder.in(loader));
    }

    /** Everything {@link java.util.ServiceLoader} finds in a module layer and its parents. */
    public static Plugins discovered(ModuleLayer layer) {
        return new Plugins(PluginFinder.in(layer));
    }

    /**
     * These and no others.
     *
     * @throws IllegalArgumentException if one is of none of the kinds a router knows
     */
    public static Plugins of(PluginFactory<?>... factories) {
        return new Plugins(Arrays.stream(factories).map(Plugins::checked).toList());
    }

    /** These and those. */
    public Plugins and(PluginFactory<?>... factories) {
        return and(of(factories));
    }

    /** These and those. A factory of the same class in both counts once. */
    public Plugins and(Plugins others) {
        return new Plugins(Stream.concat(given.stream(), others.given.stream()).toList());
    }

    /**
     * These, and a jar that cannot even be looked into. The sentence that says which one and why is one of {@link #broken},
     * and is told wherever a type is named that nobody brings.
     */
    public Plugins unreadable(String sentence) {
        return new Plugins(Stream.concat(given.stream(), Stream.of(new Finding.Unreadable(sentence)))
                .toList());
    }

    /** The backend type of that name, or empty if there is none that can be used. */
    public Optional<BackendFactory> backend(String type) {
        return find(BackendFactory.class, type);
    }

    /** The guard of that name, or empty if there is none that can be used. */
    public Optional<GuardFactory> guard(String type) {
        return find(GuardFactory.class, type);
    }

    /** The matcher of that name, or empty if there is none that can be used. */
    public Optional<MatcherFactory> matcher(String type) {
        return find(MatcherFactory.class, type);
    }

    /** The selector of that name, or empty if there is none that can be used. */
    public Optional<SelectorFactory> selector(String type) {
        return find(SelectorFactory.class, type);
    }

    /** The classifier of that name, or empty if there is none that can be used. */
    public Optional<ClassifierFactory> classifier(String type) {
        return find(ClassifierFactory.class, type);
    }

    /** The listener of that name, or empty if there is none that can be used. */
    public Optional<ListenerFactory> listener(String type) {
        return find(ListenerFactory.class, type);
    }

    /** The ledger of that name, or empty if there is none that can be used. */
    public Optional<LedgerFactory> ledger(String type) {
        return find(LedgerFactory.class, type);
    }

    /** The factory of that kind and name, or empty if there is none that can be used. */
    public <F extends PluginFactory<?>> Optional<F> find(Class<F> kind, String type) {
        return all(kind).stream().filter(each -> each.type().equals(type)).findFirst();
    }

    /** Every factory of that kind that can be used, such as {@code all(BackendFactory.class)}, by type. */
    public <F extends PluginFactory<?>> List<F> all(Class<F> kind) {
        return usable(kind).map(Finding.Usable::factory).map(kind::cast).toList();
    }

    /** The types of that kind that can be used, in alphabetical order. */
    public List<String> types(Class<? extends PluginFactory<?>> kind) {
        return usable(kind).map(Finding.Usable::type).toList();
    }

    /** What cannot be used and why, one sentence each; a warning where no configuration names it. */
    public List<String> broken() {
        return Stream.concat(broken(all -> true).map(Finding.Broken::toString), unreadable())
                .toList();
    }

    /** The same sentence about a factory that looked right, and then failed at something that it promises. */
    public String broken(PluginFactory<?> factory, Throwable failure) {
        return PluginCheck.failed(factory, failure).toString();
    }

    /**
     * Why there is no usable factory of that kind and name: nobody brings one, or somebody's is broken. Names what is
     * near, what there is, and where a plugin's jar belongs.
     */
    public String missing(Class<? extends PluginFactory<?>> kind, String type) {
        Role role = roleOf(kind);
        List<Finding.Broken> named = broken(
                        each -> each.role() == role && each.type().equals(Optional.of(type)))
                .toList();
        if (!named.isEmpty()) {
            return named.stream().map(Finding.Broken::toString).collect(joining("; "));
        }
        String unknown = "\"%s\" is not a known %s. %s".formatted(type, role.noun(), hint(type, types(kind)));
        return unknown + " A plugin's jar belongs into the folder plugins/." + suspects(role);
    }

    /** Broken ones that could not tell what they are called: of that kind, or of nobody knows which. */
    private String suspects(Role role) {
        Stream<String> broken =
                broken(each -> each.role() == role && each.type().isEmpty()).map(Finding.Broken::toString);
        List<String> nameless = Stream.concat(broken, unreadable()).toList();
        String first = nameless.stream()
                .limit(MOST_SUSPECTS)
                .map(each -> " Perhaps it is this one: " + each + ".")
                .collect(joining());
        int more = nameless.size() - MOST_SUSPECTS;
        return more > 0 ? first + " %d more cannot be used.".formatted(more) : first;
    }

    private static String hint(String type, List<String> known) {
        String near = Near.hint(type, known);
        return near.startsWith("Did") ? near + " Known: " + String.join(", ", known) + "." : near;
    }

    private <F extends PluginFactory<?>> Stream<Finding.Usable> usable(Class<F> kind) {
        Role role = roleOf(kind);
        return findings.stream()
                .flatMap(each -> each instanceof Finding.Usable usable ? Stream.of(usable) : Stream.empty())
                .filter(each -> each.role() == role)
                .sorted(Comparator.comparing(Finding.Usable::type));
    }

    private Stream<Finding.Broken> broken(Predicate<Finding.Broken> which) {
        return findings.stream()
                .flatMap(each -> each instanceof Finding.Broken broken ? Stream.of(broken) : Stream.empty())
                .filter(which);
    }

    private Stream<String> unreadable() {
        return findings.stream()
                .flatMap(each -> each instanceof Finding.Unreadable unreadable ? Stream.of(unreadable) : Stream.empty())
                .map(Finding.Unreadable::sentence);
    }

    private static Finding checked(PluginFactory<?> factory) {
        return PluginCheck.of(roleOf(factory.getClass()), factory);
    }

    private static Role roleOf(Class<?> kind) {
        return Role.of(kind)
                .orElseThrow(() -> new IllegalArgumentException(
                        kind.getName() + " is not a factory of any kind that a router knows"));
    }
}
