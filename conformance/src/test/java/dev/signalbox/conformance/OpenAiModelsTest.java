package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.errors.NotFoundException;
import com.openai.models.models.Model;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ScriptedOllama;
import dev.signalbox.testkit.ScriptedOpenAi;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiModelsTest {

    private static ScriptedOpenAi gpu;
    private static ScriptedOllama laptop;
    private static Signalbox signalbox;
    private static OpenAIClient client;
    private static Naps naps;

    @BeforeAll
    static void start() throws Exception {
        gpu = ScriptedOpenAi.start().serving("Qwen/Qwen3-30B", "gpt-oss-20b");
        laptop = ScriptedOllama.start().installed(OllamaModel.named("qwen3:8b"));
        signalbox = Signalbox.configured("""
                backends:
                  gpu: { type: openai, base-url: "%s" }
                  laptop: { type: ollama, base-url: "%s" }
                profiles:
                  coding: { chain: [ gpu/Qwen/Qwen3-30B, "laptop/qwen3:8b" ] }
                aliases: { gpt-4o: coding, "claude-*": coding }
                """, gpu.uri(), laptop.uri());
        naps = new Naps();
        client = OpenAi.client(signalbox, naps);
        await().until(() -> ids().contains("gpu/gpt-oss-20b") && ids().contains("laptop/qwen3:8b"));
    }

    @AfterAll
    static void stop() {
        client.close();
        signalbox.close();
        gpu.close();
        laptop.close();
    }

    @Test
    void lists_every_name_it_may_write() {
        assertThat(ids()).contains("gpt-4o", "coding", "gpu/Qwen/Qwen3-30B", "gpu/gpt-oss-20b", "laptop/qwen3:8b");
        assertThat(ids()).doesNotHaveDuplicates().noneMatch(id -> id.contains("*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "coding", "gpu/Qwen/Qwen3-30B", "laptop/qwen3:8b"})
    void retrieves_a_model_whatever_its_name_is_made_of(String id) {
        Model model = client.models().retrieve(id);
        assertThat(model.id()).isEqualTo(id);
        assertThat(model.created()).isPositive();
        assertThat(model.ownedBy()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "coding", "Qwen/Qwen3-30B", "gpu/Qwen/Qwen3-30B"})
    void asks_a_model_by_each_of_its_names(String name) {
        Asked asked = Asked.of(gpu);
        assertThat(OpenAi.text(client.chat().completions().create(OpenAi.asking(name))))
                .isEqualTo("All signals are green.");
        assertThat(asked.last().text()).contains("\"model\":\"Qwen/Qwen3-30B\"");
    }

    @Test
    void is_told_after_one_try_that_nobody_has_a_model() {
        Asked asked = Asked.of(gpu);
        assertThatThrownBy(() -> client.chat().completions().create(OpenAi.asking("gpt-5")))
                .isInstanceOfSatisfying(
                        NotFoundException.class,
                        error -> assertThat(error.code()).contains("model_not_found"));
        assertThat(asked.times()).isZero();
        assertThat(naps.taken()).isEmpty();
    }

    @Test
    void is_told_of_near_names_when_it_retrieves_a_model_that_nobody_has() {
        assertThatThrownBy(() -> client.models().retrieve("gpu/gpt-oss-21b"))
                .isInstanceOfSatisfying(
                        NotFoundException.class,
                        error -> assertThat(error.code()).contains("model_not_found"))
                .hasMessageContaining("gpu/gpt-oss-20b");
        assertThat(naps.taken()).isEmpty();
    }

    private static List<String> ids() {
        return client.models().list().items().stream().map(Model::id).toList();
    }
}
