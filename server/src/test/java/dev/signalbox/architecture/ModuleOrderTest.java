package dev.signalbox.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Requires;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ModuleOrderTest {

    private static final String API = "dev.signalbox.api";
    private static final String CORE = "dev.signalbox.core";
    private static final String SERVER = "dev.signalbox.server";

    /** A plugin's package in a class reference or in a text. */
    private static final Pattern PLUGIN =
            Pattern.compile("dev([./])signalbox\\1(backend|matcher|selector|guard|ledger)\\1\\w+");

    static List<OwnModule> modules() throws IOException {
        return OwnModule.onClassPath();
    }

    static Stream<OwnModule> engine_and_server() throws IOException {
        return modules().stream().filter(module -> Set.of(CORE, SERVER).contains(module.name()));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void arrows_point_at_the_api_and_never_back(OwnModule module) {
        assertThat(module.descriptor().requires().stream()
                        .map(Requires::name)
                        .filter(name -> name.startsWith("dev.signalbox.")))
                .isSubsetOf(allowedTo(module.name()));
    }

    private static Set<String> allowedTo(String module) {
        return switch (module) {
            case API -> Set.of();
            case SERVER -> Set.of(API, CORE);
            default ->
                module.startsWith("dev.signalbox.backend.") ? Set.of(API, "dev.signalbox.backend.http") : Set.of(API);
        };
    }

    @Test
    void the_api_needs_nothing_but_the_JDK_and_the_annotations_for_nulls() throws IOException {
        OwnModule api = modules().stream()
                .filter(module -> module.name().equals(API))
                .findFirst()
                .orElseThrow();

        assertThat(api.descriptor().requires().stream()
                        .map(Requires::name)
                        .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk.")))
                .containsExactly("org.jspecify");
    }

    @ParameterizedTest
    @MethodSource("engine_and_server")
    void neither_the_engine_nor_the_server_names_a_plugin(OwnModule module) throws IOException {
        Map<String, String> named = module.files(ModuleOrderTest::pluginsNamedIn);

        assertThat(named)
                .as("classes of %s that name a class of a plugin, in code or in a text", module)
                .isEmpty();
    }

    private static Map<String, String> pluginsNamedIn(Map<String, byte[]> files) {
        Map<String, String> named = new HashMap<>();
        files.forEach((path, bytes) -> firstPlugin(bytes)
                .filter(plugin -> path.endsWith(".class"))
                .ifPresent(plugin -> named.put(path, plugin)));
        return named;
    }

    /** A class file keeps references and texts as plain letters, so nothing has to be parsed. */
    private static Optional<String> firstPlugin(byte[] file) {
        return PLUGIN.matcher(new String(file, StandardCharsets.ISO_8859_1))
                .results()
                .map(result -> result.group())
                .findFirst();
    }

    @Test
    void a_class_that_names_a_plugin_is_found() throws IOException {
        String plugin = "dev.signalbox.guard.example";

        assertThat(firstPlugin(plugin.getBytes(StandardCharsets.UTF_8))).contains(plugin);
        assertThat(firstPlugin(plugin.replace('.', '/').getBytes(StandardCharsets.UTF_8)))
                .contains(plugin.replace('.', '/'));
    }

    @Test
    void only_what_a_module_exports_is_used_by_others() throws IOException {
        List<OwnModule> modules = modules();
        Map<String, OwnModule> owners = modules.stream()
                .flatMap(module -> module.descriptor().packages().stream().map(name -> Map.entry(name, module)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        JavaClasses classes = new ClassFileImporter()
                .importUrls(modules.stream().map(OwnModule::root).toList());

        assertThat(classes.stream()
                        .flatMap(origin -> origin.getDirectDependenciesFromSelf().stream())
                        .filter(dependency -> reachesInside(dependency, owners))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    private static boolean reachesInside(Dependency dependency, Map<String, OwnModule> owners) {
        OwnModule from = owners.get(dependency.getOriginClass().getPackageName());
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        OwnModule to = owners.get(target.getPackageName());
        return from != null && to != null && !from.equals(to) && !to.exports(target.getPackageName(), from);
    }
}
