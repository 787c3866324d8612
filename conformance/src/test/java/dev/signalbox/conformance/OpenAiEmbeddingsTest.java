package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.openai.client.OpenAIClient;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams.EncodingFormat;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ScriptedOllama;
import dev.signalbox.testkit.ScriptedOpenAi;
import dev.signalbox.testkit.ScriptedRuntime;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiEmbeddingsTest {

    private static ScriptedOpenAi gpu;
    private static ScriptedOllama laptop;
    private static Signalbox signalbox;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        gpu = ScriptedOpenAi.start();
        laptop = ScriptedOllama.start()
                .installed(OllamaModel.named("nomic-embed-text:latest").able("embedding"));
        signalbox = Signalbox.configured("""
                backends:
                  gpu: { type: openai, base-url: "%s", models: [ test-model ] }
                  laptop: { type: ollama, base-url: "%s", models: [ "nomic-embed-text:latest" ] }
                """, gpu.uri(), laptop.uri());
        client = OpenAi.client(signalbox, new Naps());
    }

    @AfterAll
    static void stop() {
        client.close();
        signalbox.close();
        gpu.close();
        laptop.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu/test-model", "laptop/nomic-embed-text:latest"})
    void unpacks_vectors_that_it_asked_for_in_base64_without_being_told_to(String target) {
        Asked asked = Asked.of(runtime(target));
        CreateEmbeddingResponse packed =
                client.embeddings().create(asking(target).build());
        assertThat(asked.last().text()).contains("\"encoding_format\":\"base64\"");
        CreateEmbeddingResponse plain = client.embeddings()
                .create(asking(target).encodingFormat(EncodingFormat.FLOAT).build());
        assertThat(asked.last().text()).contains("\"encoding_format\":\"float\"");
        for (int i = 0; i < 2; i++) {
            assertThat(vector(packed, i)).hasSize(4).isEqualTo(vector(plain, i));
            assertThat(length(vector(packed, i))).isEqualTo(1, within(1e-6));
        }
        assertThat(vector(packed, 0)).isNotEqualTo(vector(packed, 1));
    }

    private static EmbeddingCreateParams.Builder asking(String target) {
        return EmbeddingCreateParams.builder().model(target).inputOfArrayOfStrings(List.of("stop", "go"));
    }

    private static ScriptedRuntime runtime(String target) {
        return target.startsWith("gpu/") ? gpu : laptop;
    }

    private static List<Float> vector(CreateEmbeddingResponse answer, int index) {
        assertThat(answer.data().get(index).index()).isEqualTo(index);
        return answer.data().get(index).embedding();
    }

    private static double length(List<Float> vector) {
        return Math.sqrt(vector.stream().mapToDouble(one -> one * one).sum());
    }
}
