package dev.signalbox.conformance;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.List;

/** {@code dev.langchain4j:langchain4j-open-ai}. */
final class LangChainOpenAi extends LangChainLibrary {

    private final Signalbox signalbox;

    LangChainOpenAi(Signalbox signalbox) {
        this.signalbox = signalbox;
    }

    @Override
    ChatModel chat(String model, boolean thinking) {
        OpenAiChatModel.OpenAiChatModelBuilder builder = OpenAiChatModel.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .modelName(model)
                .timeout(LIMIT)
                .returnThinking(true)
                .maxRetries(0);
        return thinking ? builder.reasoningEffort("medium").build() : builder.build();
    }

    @Override
    StreamingChatModel stream(String model, boolean thinking) {
        OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder builder = OpenAiStreamingChatModel.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .modelName(model)
                .timeout(LIMIT)
                .returnThinking(true);
        return thinking ? builder.reasoningEffort("medium").build() : builder.build();
    }

    @Override
    public List<float[]> vectors(String model, List<String> texts) {
        return OpenAiEmbeddingModel.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .modelName(model)
                .timeout(LIMIT)
                .maxRetries(0)
                .build()
                .embedAll(texts.stream().map(TextSegment::from).toList())
                .content()
                .stream()
                .map(Embedding::vector)
                .toList();
    }

    @Override
    public List<String> models() {
        return OpenAiModelCatalog.builder().baseUrl(signalbox.baseUrl()).apiKey("no-key").build().listModels().stream()
                .map(ModelDescription::name)
                .toList();
    }
}
