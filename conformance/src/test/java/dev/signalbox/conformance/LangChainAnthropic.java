package dev.signalbox.conformance;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicModelCatalog;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.anthropic.AnthropicTokenCountEstimator;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.List;

/** {@code dev.langchain4j:langchain4j-anthropic}. */
final class LangChainAnthropic extends LangChainLibrary {

    private final Signalbox signalbox;

    LangChainAnthropic(Signalbox signalbox) {
        this.signalbox = signalbox;
    }

    @Override
    ChatModel chat(String model, boolean thinking) {
        AnthropicChatModel.AnthropicChatModelBuilder builder = AnthropicChatModel.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .modelName(model)
                .maxTokens(4096)
                .timeout(LIMIT)
                .returnThinking(true)
                .maxRetries(0);
        return thinking
                ? builder.thinkingType("enabled").thinkingBudgetTokens(1024).build()
                : builder.build();
    }

    @Override
    StreamingChatModel stream(String model, boolean thinking) {
        AnthropicStreamingChatModel.AnthropicStreamingChatModelBuilder builder = AnthropicStreamingChatModel.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .modelName(model)
                .maxTokens(4096)
                .timeout(LIMIT)
                .returnThinking(true);
        return thinking
                ? builder.thinkingType("enabled").thinkingBudgetTokens(1024).build()
                : builder.build();
    }

    @Override
    public long tokens(Question question) {
        return AnthropicTokenCountEstimator.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .modelName(question.model())
                .build()
                .estimateTokenCountInText(Question.TEXT);
    }

    @Override
    public List<String> models() {
        return AnthropicModelCatalog.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .build()
                .listModels()
                .stream()
                .map(ModelDescription::name)
                .toList();
    }

    @Override
    public int statusOf(Mishap mishap) {
        return mishap == Mishap.OVERLOADED ? 529 : mishap.status();
    }
}
