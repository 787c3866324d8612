package dev.signalbox.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the other tests of this package say of all modules holds only if all modules are here. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReactorTest {

    /** They use the router; they are no part of it. */
    private static final Set<String> USERS = Set.of("examples", "bench", "conformance");

    private static final Pattern FOLDER = Pattern.compile("<module>(.*)</module>");
    private static final Pattern MODULE = Pattern.compile("(?m)^(?:open )?module (\\S+) \\{");

    private final Path root = Path.of("..").toAbsolutePath().normalize();

    @Test
    void every_module_of_the_build_is_on_the_class_path_of_these_tests() throws IOException {
        List<String> present =
                OwnModule.onClassPath().stream().map(OwnModule::name).toList();

        for (String folder : folders()) {
            assertThat(present)
                    .as(
                            "%s has to be a dependency in server/pom.xml: of scope runtime if it is packed, else test",
                            folder)
                    .contains(nameOf(folder));
        }
    }

    private List<String> folders() throws IOException {
        return first(FOLDER, root.resolve("pom.xml")).stream()
                .filter(folder -> !USERS.contains(folder))
                .toList();
    }

    private String nameOf(String folder) throws IOException {
        return first(MODULE, root.resolve(folder).resolve("src/main/java/module-info.java"))
                .getFirst();
    }

    private static List<String> first(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
