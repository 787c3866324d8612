package dev.signalbox.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.core.dialect.Directive;
import dev.signalbox.spi.ConfigNode;
import dev.signalbox.spi.Problems;
import dev.signalbox.spi.Where;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SystemPromptTest {

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    private Settings read(String profile, String backend) {
        String yaml = """
                backends:
                  gpu: { type: vllm, base-url: "http://localhost:8000", %s }
                profiles:
                  coding: { chain: [ gpu/m ], %s }
                """.formatted(backend, profile);
        ConfigNode.Table root = new ConfigReader(name -> Optional.empty())
                .read(yaml, folder.resolve("signalbox.yaml").toString(), problems)
                .orElseGet(() -> ConfigNode.Table.empty(Where.code("")));
        return SettingsReader.read(root, SamplePlugins.ALL, Set.of(), problems);
    }

    @Test
    void is_changed_in_a_profile() {
        Settings settings = read("system-prompt: { prepend: A, append: B }", "models: [ m ]");

        problems.throwIfAny();
        assertThat(settings.profiles().get("coding").systemPrompt()).isEqualTo(new Directive("", "A", "B"));
    }

    @Test
    void is_changed_for_a_backend_and_for_one_of_its_models() {
        Settings settings = read(
                "spill: yes", "system-prompt: { append: B }, models: { m: { system-prompt: { append: M } }, n: {} }");

        problems.throwIfAny();
        BackendSettings gpu = settings.backends().get("gpu");
        assertThat(gpu.systemPrompt("m")).isEqualTo(new Directive("", "", "B\n\nM"));
        assertThat(gpu.systemPrompt("n")).isEqualTo(new Directive("", "", "B"));
    }

    @Test
    void comes_from_a_file_beside_the_configuration() throws Exception {
        Files.writeString(folder.resolve("words.txt"), "Über\nzwei Zeilen.\n");
        Settings settings = read("system-prompt: { replace-file: words.txt }", "models: [ m ]");

        problems.throwIfAny();
        assertThat(settings.profiles().get("coding").systemPrompt())
                .isEqualTo(new Directive("Über\nzwei Zeilen.", "", ""));
    }

    @Test
    void is_told_what_is_wrong_with_it() throws Exception {
        Files.writeString(folder.resolve("words.txt"), "x");
        read("system-prompt: { append: A, append-file: words.txt, prepend-file: none.txt }", "models: [ m ]");

        assertThat(problems.list())
                .extracting(problem -> problem.message())
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message).contains("stands beside append"),
                        message -> assertThat(message).contains("there is no such file"));
    }
}
