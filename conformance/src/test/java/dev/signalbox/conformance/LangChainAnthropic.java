package dev.signalbox.conformance;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicModelCatalog;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.anthropic.AnthropicTokenCountEstimator;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code dev.langchain4j:langchain4j-anthropic}. */
final class LangChainAnthropic extends LangChainLibrary {

    private final Signalbox signalbox;

    LangChainAnthropic(Signalbox signalbox, boolean eager) {
        super(eager);
        this.signalbox = signalbox;
    }

    @Override
    ChatModel chat(String model, boolean thinking) {
        return AnthropicChatModel.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .modelName(model)
                .maxTokens(4096)
                .timeout(LIMIT)
                .thinkingType(type(thinking))
                .thinkingBudgetTokens(budget(thinking))
                .returnThinking(true)
                .maxRetries(retries())
                .build();
    }

    @Override
    StreamingChatModel stream(String model, boolean thinking) {
        return AnthropicStreamingChatModel.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .modelName(model)
                .maxTokens(4096)
                .timeout(LIMIT)
                .thinkingType(type(thinking))
                .thinkingBudgetTokens(budget(thinking))
                .returnThinking(true)
                .build();
    }

    private static @Nullable String type(boolean thinking) {
        return thinking ? "enabled" : null;
    }

    private static @Nullable Integer budget(boolean thinking) {
        return thinking ? 1024 : null;
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
        return names(AnthropicModelCatalog.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .build());
    }

    @Override
    public int statusOf(Mishap mishap) {
        return mishap == Mishap.OVERLOADED ? 529 : mishap.status();
    }

    @Override
    public String raisesBroken() {
        return "AnthropicStreamingException";
    }
}
