package dev.signalbox.core.plugin;

import dev.signalbox.spi.Option;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.SpiLevel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks whether a factory keeps what its contract says. A factory may throw anything; that is a finding too. */
public final class PluginCheck {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

    private PluginCheck() {}

    /** Checks one factory. */
    public static Finding of(Role role, PluginFactory<?> factory) {
        String jar = Jars.of(factory.getClass());
        Optional<String> type = Optional.empty();
        try {
            Optional<String> level = level(factory.spiLevel());
            type = Optional.of(factory.type());
            Optional<String> wrong = level.or(() -> type(factory.type())).or(() -> options(role, factory));
            return wrong.isEmpty()
                    ? new Finding.Usable(role, factory.type(), factory, jar)
                    : broken(role, type, factory, jar, wrong.get());
        } catch (RuntimeException | LinkageError defect) {
            return broken(role, type, factory, jar, Causes.inWords(defect));
        }
    }

    /** A factory that looked right, and then failed at something that it promises. */
    public static Finding.Broken failed(PluginFactory<?> factory, Throwable failure) {
        return failed(factory, Causes.inWords(failure));
    }

    /** The same, for that reason. */
    static Finding.Broken failed(PluginFactory<?> factory, String cause) {
        Class<?> provider = factory.getClass();
        return broken(Role.of(provider).orElseThrow(), Optional.of(factory.type()), factory, Jars.of(provider), cause);
    }

    private static Finding.Broken broken(
            Role role, Optional<String> type, PluginFactory<?> factory, String jar, String cause) {
        return new Finding.Broken(role, type, factory.getClass().getName(), jar, cause);
    }

    private static Optional<String> level(int level) {
        if (level < SpiLevel.OLDEST) {
            return Optional.of(
                    "it was compiled for level %d of the plugin contracts, and %d is the oldest that still runs;"
                                    .formatted(level, SpiLevel.OLDEST)
                            + " take a newer build of the plugin");
        }
        if (level > SpiLevel.CURRENT) {
            return Optional.of("it was compiled for level %d of the plugin contracts, and this is level %d;"
                            .formatted(level, SpiLevel.CURRENT)
                    + " take a newer Signalbox or an older build of the plugin");
        }
        return Optional.empty();
    }

    private static Optional<String> type(String type) {
        return NAME.matcher(type).matches()
                ? Optional.empty()
                : Optional.of("its type \"%s\" is not a name such as my-plugin".formatted(type));
    }

    private static Optional<String> options(Role role, PluginFactory<?> factory) {
        return role.optionsOf(factory)
                .map(list -> names(list, role.reserved()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> names(List<Option<?>> options, Set<String> reserved) {
        Set<String> seen = new HashSet<>();
        for (Option<?> option : options) {
            if (!NAME.matcher(option.name()).matches()) {
                return Optional.of("its option \"%s\" is not named in kebab-case".formatted(option.name()));
            }
            if (!seen.add(option.name())) {
                return Optional.of("it has two options of the name \"%s\"".formatted(option.name()));
            }
            if (reserved.contains(option.name())) {
                return Optional.of(
                        "its option \"%s\" has a name that the engine reads itself".formatted(option.name()));
            }
        }
        return Optional.empty();
    }
}
