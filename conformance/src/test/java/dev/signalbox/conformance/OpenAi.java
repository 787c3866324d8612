package dev.signalbox.conformance;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.embeddings.EmbeddingCreateParams;
import java.time.Duration;
import java.util.List;

/** The official client of OpenAI, as its own documentation makes it. */
final class OpenAi {

    private static final Duration LIMIT = Duration.ofSeconds(20); // for tests that fail

    private OpenAi() {}

    /** A client that tries again when it thinks it should, but does not sleep before. */
    static OpenAIClient client(Signalbox signalbox, Naps naps) {
        return client(signalbox, naps, "no-key");
    }

    /** The same with a key. */
    static OpenAIClient client(Signalbox signalbox, Naps naps, String key) {
        return client(signalbox.baseUrl(), naps, key);
    }

    /** A client of whoever listens there. */
    static OpenAIClient client(String baseUrl, Naps naps, String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(baseUrl)
                .apiKey(key)
                .sleeper(naps)
                .timeout(LIMIT)
                .build();
    }

    /** A client that tries once, or as often as it does by itself. */
    static OpenAIClient trying(Signalbox signalbox, boolean eager) {
        OpenAIClient client = client(signalbox, new Naps());
        return eager ? client : client.withOptions(options -> options.maxRetries(0));
    }

    /** A question for a model. */
    static ChatCompletionCreateParams asking(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage("What do the signals say?")
                .build();
    }

    /** A stream, read to its end and put together by the client's own means. */
    static ChatCompletion streamed(OpenAIClient client, ChatCompletionCreateParams asking) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(asking)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion();
    }

    /** The message of the only choice. */
    static ChatCompletionMessage message(ChatCompletion answer) {
        return answer.choices().getFirst().message();
    }

    /** The text of the only choice. */
    static String text(ChatCompletion answer) {
        return message(answer).content().orElse("");
    }

    /** The vectors of some texts, in their order. */
    static List<float[]> vectors(OpenAIClient client, String model, List<String> texts) {
        EmbeddingCreateParams asking = EmbeddingCreateParams.builder()
                .model(model)
                .inputOfArrayOfStrings(texts)
                .build();
        return client.embeddings().create(asking).data().stream()
                .map(each -> vector(each.embedding()))
                .toList();
    }

    private static float[] vector(List<Float> numbers) {
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.get(i);
        }
        return vector;
    }
}
