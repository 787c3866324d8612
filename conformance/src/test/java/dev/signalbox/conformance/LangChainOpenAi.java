package dev.signalbox.conformance;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code dev.langchain4j:langchain4j-open-ai}. */
final class LangChainOpenAi extends LangChainLibrary {

    private final Signalbox signalbox;

    LangChainOpenAi(Signalbox signalbox, boolean eager) {
        super(eager);
        this.signalbox = signalbox;
    }

    @Override
    ChatModel chat(String model, boolean thinking) {
        return OpenAiChatModel.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .modelName(model)
                .timeout(LIMIT)
                .reasoningEffort(effort(thinking))
                .returnThinking(true)
                .maxRetries(retries())
                .build();
    }

    @Override
    StreamingChatModel stream(String model, boolean thinking) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .modelName(model)
                .timeout(LIMIT)
                .reasoningEffort(effort(thinking))
                .returnThinking(true)
                .build();
    }

    private static @Nullable String effort(boolean thinking) {
        return thinking ? "medium" : null;
    }

    @Override
    public List<float[]> vectors(String model, List<String> texts) {
        return vectors(
                OpenAiEmbeddingModel.builder()
                        .baseUrl(signalbox.baseUrl())
                        .apiKey("no-key")
                        .modelName(model)
                        .timeout(LIMIT)
                        .maxRetries(retries())
                        .build(),
                texts);
    }

    @Override
    public List<String> models() {
        return names(OpenAiModelCatalog.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .build());
    }

    @Override
    public String raisesBroken() {
        return "LangChain4jException";
    }
}
