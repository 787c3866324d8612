package dev.signalbox.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Provides;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A plugin is found on the module path by its descriptor and on the class path by its services files. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PluginServicesTest {

    private static final String SERVICES = "META-INF/services/";

    static List<OwnModule> modules() throws IOException {
        return OwnModule.onClassPath();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void the_class_path_and_the_module_path_find_the_same_plugins(OwnModule module) throws IOException {
        assertThat(module.files(PluginServicesTest::named)).isEqualTo(provided(module));
    }

    private static Map<String, Set<String>> provided(OwnModule module) {
        return module.descriptor().provides().stream()
                .collect(Collectors.toMap(Provides::service, provides -> Set.copyOf(provides.providers())));
    }

    private static Map<String, Set<String>> named(Map<String, byte[]> files) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().startsWith(SERVICES))
                .collect(Collectors.toMap(
                        file -> file.getKey().substring(SERVICES.length()),
                        file -> providers(new String(file.getValue(), StandardCharsets.UTF_8))));
    }

    private static Set<String> providers(String services) {
        return services.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void every_plugin_can_be_made_the_way_the_class_path_makes_it(OwnModule module) throws Exception {
        for (Provides provides : module.descriptor().provides()) {
            for (String provider : provides.providers()) {
                Object made = Class.forName(provider).getConstructor().newInstance();
                assertThat(made).isInstanceOf(Class.forName(provides.service()));
            }
        }
    }
}
