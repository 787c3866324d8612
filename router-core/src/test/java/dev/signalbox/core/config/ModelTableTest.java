package dev.signalbox.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Capability;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.api.Support;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ModelTableTest {

    private final Problems problems = new Problems();

    @TempDir
    private Path folder;

    private ModelTable table(String lines) throws Exception {
        return ModelTable.read(Files.writeString(folder.resolve("models.txt"), lines), problems);
    }

    private static Support of(ModelTable table, String model, Capability capability) {
        return table.complete(ModelInfo.named(model)).support(capability);
    }

    @Test
    void the_first_line_that_fits_counts_and_those_of_the_user_stand_first() throws Exception {
        ModelTable table = table("""
                # ours
                *house-coder*   chat tools  -vision

                *qwen3-coder*   chat -tools
                *gpt-oss*
                """);
        assertThat(problems.list()).isEmpty();
        assertThat(of(table, "team/house-coder:7b", Capability.TOOLS)).isEqualTo(Support.YES);
        assertThat(of(table, "team/house-coder:7b", Capability.VISION)).isEqualTo(Support.NO);
        assertThat(of(table, "qwen3-coder:30b", Capability.TOOLS)).isEqualTo(Support.NO);
        assertThat(of(table, "qwen3-coder:30b", Capability.VISION)).isEqualTo(Support.UNKNOWN);
        assertThat(of(table, "gpt-oss:20b", Capability.TOOLS)).isEqualTo(Support.UNKNOWN);
        assertThat(of(table, "nomic-embed-text", Capability.CHAT)).isEqualTo(Support.NO);
        assertThat(of(ModelTable.BUNDLED, "qwen3-coder:30b", Capability.TOOLS)).isEqualTo(Support.YES);
    }

    @Test
    void what_was_said_of_a_model_beats_it() throws Exception {
        ModelInfo said = ModelInfo.named("house").with(Capability.TOOLS, Support.NO);
        assertThat(table("house tools vision\n").complete(said).capabilities())
                .isEqualTo(Map.of(Capability.TOOLS, Support.NO, Capability.VISION, Support.YES));
    }

    @Test
    void a_word_that_is_no_capability_is_told_with_its_line() throws Exception {
        table("# ours\n*house* chat -tols\n");
        assertThat(problems.list()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).hasToString(folder.resolve("models.txt") + ":2  *house*");
            assertThat(problem.message()).startsWith("\"tols\" is not a capability. Did you mean \"tools\"");
        });
    }

    @Test
    void a_configuration_names_it_from_its_own_folder() throws Exception {
        table("house tools\n");
        Path file = folder.resolve("signalbox.yaml");
        ConfigNode.Table root = new ConfigReader(name -> java.util.Optional.empty())
                .read("models-table: models.txt\n", file.toString(), problems)
                .orElseGet(() -> ConfigNode.Table.empty(Where.code("")));
        Settings settings = SettingsReader.read(root, SamplePlugins.ALL, Set.of(), problems);
        assertThat(of(settings.engine().table(), "house", Capability.TOOLS)).isEqualTo(Support.YES);

        Files.delete(folder.resolve("models.txt"));
        SettingsReader.read(root, SamplePlugins.ALL, Set.of(), problems);
        assertThat(problems.list())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("there is no such file"));
    }
}
