package dev.signalbox.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.HttpResponse;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonSchema.JsonSchema;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartImage.ImageUrl;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionCreateParams.LogitBias;
import dev.signalbox.testkit.ReceivedRequest;
import dev.signalbox.testkit.ScriptedOpenAi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same client asks the same through Signalbox and past it: what crosses is the same but for the model's name. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiPassThroughTest {

    private static ScriptedOpenAi gpu;
    private static Signalbox signalbox;
    private static OpenAIClient through;
    private static OpenAIClient past;

    @BeforeAll
    static void start() throws Exception {
        gpu = ScriptedOpenAi.start();
        signalbox = Signalbox.configured("""
                backends:
                  gpu: { type: openai, base-url: "%s", models: [ test-model ] }
                aliases: { gpt-4o: gpu/test-model }
                """, gpu.uri());
        through = OpenAi.client(signalbox, new Naps());
        past = OpenAi.client(gpu.uri() + "/v1", new Naps(), "no-key");
    }

    @AfterAll
    static void stop() {
        through.close();
        past.close();
        signalbox.close();
        gpu.close();
    }

    @Test
    void a_request_arrives_as_the_client_wrote_it() {
        String written = sent(past, demanding("test-model")).text();
        String arrived = sent(through, demanding("gpt-4o")).text();
        assertThat(written).contains("\"model\":\"test-model\"", "json_schema", "Zürich", "\"x-house\"");
        assertThat(arrived).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_answer_arrives_as_the_server_wrote_it(boolean streamed) throws Exception {
        String written = answer(past, OpenAi.asking("test-model"), streamed);
        String arrived = answer(through, OpenAi.asking("gpt-4o"), streamed);
        assertThat(written).contains("signals");
        assertThat(withoutId(arrived)).isEqualTo(withoutId(written));
    }

    @Test
    void headers_of_the_client_stay_behind_but_for_those_that_are_for_the_server() {
        ChatCompletionCreateParams asking = OpenAi.asking("gpt-4o").toBuilder()
                .putAdditionalHeader("OpenAI-Organization", "org-7")
                .putAdditionalHeader("X-House", "7")
                .build();
        ReceivedRequest request = sent(through, asking);
        assertThat(request.headers("openai-organization")).containsExactly("org-7");
        assertThat(request.headers())
                .extracting(Map.Entry::getKey)
                .noneMatch(name -> name.matches("(?i)x-.*|authorization|cookie"));
        assertThat(request.headers("user-agent")).containsExactly("signalbox");
    }

    /** Something of everything, in the client's own words. */
    private static ChatCompletionCreateParams demanding(String model) {
        ChatCompletionContentPart text = ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder()
                .text("Zürich \"HB\"\n\t\\ 🚦")
                .build());
        ChatCompletionContentPart image = ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                .imageUrl(ImageUrl.builder()
                        .url("data:image/png;base64,iVBORw0KGgo=")
                        .detail(ImageUrl.Detail.LOW)
                        .build())
                .build());
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addDeveloperMessage("Be brief.")
                .addUserMessageOfArrayOfContentParts(List.of(text, image))
                .addAssistantMessage("Which track?")
                .addUserMessage("7")
                .temperature(0.30000000000000004)
                .topP(1.0)
                .maxCompletionTokens(100)
                .stopOfStrings(List.of("\n\n", "END"))
                .logprobs(true)
                .topLogprobs(3)
                .parallelToolCalls(false)
                .reasoningEffort(ReasoningEffort.LOW)
                .logitBias(LogitBias.builder()
                        .putAdditionalProperty("50256", JsonValue.from(-100))
                        .build())
                .jsonSchemaResponseFormat(JsonSchema.builder()
                        .name("track")
                        .schema(JsonSchema.Schema.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .build())
                        .strict(true)
                        .build())
                .putAdditionalBodyProperty("seed", JsonValue.from(Long.MAX_VALUE))
                .putAdditionalBodyProperty("x-house", JsonValue.from(Map.of("rule", 1.50)))
                .build();
    }

    private static ReceivedRequest sent(OpenAIClient client, ChatCompletionCreateParams asking) {
        Asked asked = Asked.of(gpu);
        client.chat().completions().create(asking);
        return asked.last();
    }

    private static String answer(OpenAIClient client, ChatCompletionCreateParams asking, boolean streamed)
            throws IOException {
        var raw = client.withRawResponse().chat().completions();
        try (HttpResponse answer = streamed ? raw.createStreaming(asking) : raw.create(asking)) {
            return new String(answer.body().readAllBytes(), UTF_8);
        }
    }

    /** The double counts its answers. */
    private static String withoutId(String answer) {
        return answer.replaceAll("chatcmpl-\\d+", "chatcmpl-N");
    }
}
