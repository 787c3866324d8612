package dev.signalbox.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.core.Configuration;
import dev.signalbox.core.Plugins;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Problems.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample with everything in it, read with the plugins that are really there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SampleTest {

    private static final Path SAMPLE =
            Path.of("../router-core/src/test/resources/dev/signalbox/core/config/sample.yaml");

    @TempDir
    private Path folder;

    @Test
    void its_rules_and_pools_can_be_read() throws Exception {
        assertThat(problems(sample())).as("of rules and pools").noneMatch(SampleTest::ofRuleOrPool);
    }

    @Test
    void a_mistake_in_a_rule_or_a_pool_would_be_told() throws Exception {
        String wrong = sample().replace(">= 0.3", "a third").replace("warm-first", "warmest-first");

        assertThat(problems(wrong).stream().filter(SampleTest::ofRuleOrPool)).hasSize(2);
    }

    private static boolean ofRuleOrPool(Problem problem) {
        String path = problem.where().path();
        return path.startsWith("rules") || path.matches("profiles\\.\\w+\\.chain.*");
    }

    private static String sample() throws IOException {
        return Files.readString(SAMPLE).replace("${ALICE_KEY}", "a").replace("${VLLM_KEY}", "v");
    }

    private List<Problem> problems(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("signalbox.yaml"), yaml);
        Problems problems = new Problems();
        Configuration.read(file).check(Plugins.discovered(), problems);
        return problems.list();
    }
}
