package dev.signalbox.core.plugin;

import dev.signalbox.spi.PluginFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds every plugin, and what keeps a broken one from being used. A broken one does not hide the others. */
public final class PluginFinder {

    private static final int MOST_FAILURES = 1_000;

    private final Role role;
    private final List<Finding> found = new ArrayList<>();
    private final Set<String> loaded = new HashSet<>();
    private final List<Throwable> failures = new ArrayList<>();

    private PluginFinder(Role role) {
        this.role = role;
    }

    /** Everything the loader sees: on its class path, and in modules of its own and its parents'. */
    public static List<Finding> in(ClassLoader loader) {
        return eachRole(role -> new PluginFinder(role)
                .find(
                        ServiceLoader.load(role.contract(), loader),
                        () -> Stream.concat(
                                Declared.onClassPath(role.contract(), loader),
                                Declared.inModules(role.contract(), ModuleLayer.boot()))));
    }

    /** Everything in the modules of the layer and its parents. */
    public static List<Finding> in(ModuleLayer layer) {
        return eachRole(role -> new PluginFinder(role)
                .find(ServiceLoader.load(layer, role.contract()), () -> Declared.inModules(role.contract(), layer)));
    }

    private static List<Finding> eachRole(java.util.function.Function<Role, List<Finding>> finder) {
        return Arrays.stream(Role.values()).map(finder).flatMap(List::stream).toList();
    }

    /** What is declared is looked for only if something failed: that searches every jar once more. */
    private List<Finding> find(
            ServiceLoader<? extends PluginFactory<?>> services, Supplier<Stream<Declared>> declared) {
        Spliterator<? extends ServiceLoader.Provider<? extends PluginFactory<?>>> providers =
                services.stream().spliterator();
        boolean more = true;
        while (more && failures.size() < MOST_FAILURES) {
            try {
                more = providers.tryAdvance(this::make);
            } catch (ServiceConfigurationError | LinkageError failure) {
                failures.add(failure); // what comes after it is still found
            }
        }
        if (!failures.isEmpty()) {
            declared.get()
                    .distinct()
                    .filter(each -> !loaded.contains(each.provider()))
                    .forEach(this::explain);
            failures.forEach(failure -> broken("", Jars.nameIn(message(failure)), failure));
        }
        return found;
    }

    private void make(ServiceLoader.Provider<? extends PluginFactory<?>> provider) {
        loaded.add(provider.type().getName());
        try {
            found.add(PluginCheck.of(role, provider.get()));
        } catch (ServiceConfigurationError | LinkageError failure) {
            broken(provider.type().getName(), Jars.of(provider.type()), failure);
        }
    }

    /** Says why a declared class did not come, if it did not. */
    private void explain(Declared declared) {
        Optional<Throwable> told = failures.stream()
                .filter(failure -> message(failure).contains(declared.provider()))
                .findFirst();
        told.or(() -> loading(declared)).ifPresent(failure -> {
            broken(declared.provider(), declared.jar(), failure);
            failures.removeIf(each -> message(each).equals(message(failure)));
        });
    }

    private static Optional<Throwable> loading(Declared declared) {
        try {
            Class.forName(declared.provider(), false, declared.loader());
            return Optional.empty();
        } catch (ClassNotFoundException | LinkageError failure) {
            return Optional.of(failure);
        }
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    private void broken(String provider, String jar, Throwable failure) {
        found.add(new Finding.Broken(role, Optional.empty(), provider, jar, Causes.inWords(failure)));
    }
}
