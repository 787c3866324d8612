package dev.signalbox.core.plugin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A class that somebody declares as a provider, loaded or not. {@link java.util.ServiceLoader} does not say which jar
 * a class that cannot be loaded was to come from; its declaration does.
 */
record Declared(String provider, String jar, ClassLoader loader) {

    /** Declared in a {@code META-INF/services} that the loader sees. A file that cannot be read declares nothing. */
    static Stream<Declared> onClassPath(Class<?> contract, ClassLoader loader) {
        try {
            return Collections.list(loader.getResources("META-INF/services/" + contract.getName())).stream()
                    .flatMap(file -> names(file).map(name -> new Declared(name, Jars.nameIn(jarOf(file)), loader)));
        } catch (IOException unreadable) {
            return Stream.empty();
        }
    }

    /** Declared by a module of the layer or of one of its parents. */
    static Stream<Declared> inModules(Class<?> contract, ModuleLayer layer) {
        Stream<Declared> own = layer.modules().stream()
                .flatMap(module -> module.getDescriptor().provides().stream()
                        .filter(provides -> provides.service().equals(contract.getName()))
                        .map(ModuleDescriptor.Provides::providers)
                        .flatMap(List::stream)
                        .map(name -> new Declared(name, jarOf(layer, module), loaderOf(module))));
        return Stream.concat(own, layer.parents().stream().flatMap(parent -> inModules(contract, parent)));
    }

    private static Stream<String> names(URL file) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
            return lines
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(name -> !name.isEmpty())
                    .toList()
                    .stream();
        } catch (IOException | UncheckedIOException unreadable) {
            return Stream.empty();
        }
    }

    private static String jarOf(URL file) {
        String path = file.getPath();
        return path.substring(0, path.lastIndexOf("META-INF/services/"));
    }

    private static String jarOf(ModuleLayer layer, Module module) {
        return layer.configuration()
                .findModule(module.getName())
                .flatMap(resolved -> resolved.reference().location())
                .map(location -> Jars.nameIn(location.toString()))
                .orElse("");
    }

    private static ClassLoader loaderOf(Module module) {
        ClassLoader loader = module.getClassLoader();
        return loader == null ? ClassLoader.getPlatformClassLoader() : loader;
    }
}
