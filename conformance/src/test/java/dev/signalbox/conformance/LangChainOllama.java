package dev.signalbox.conformance;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaModel;
import dev.langchain4j.model.ollama.OllamaModels;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import java.util.List;
import java.util.Map;

/** {@code dev.langchain4j:langchain4j-ollama}. It knows no keys, only headers. */
final class LangChainOllama extends LangChainLibrary {

    private static final Map<String, String> KEY = Map.of("Authorization", "Bearer no-key");

    private final Signalbox signalbox;

    LangChainOllama(Signalbox signalbox, boolean eager) {
        super(eager);
        this.signalbox = signalbox;
    }

    @Override
    ChatModel chat(String model, boolean thinking) {
        return OllamaChatModel.builder()
                .baseUrl(signalbox.address())
                .customHeaders(KEY)
                .modelName(model)
                .timeout(LIMIT)
                .think(thinking)
                .returnThinking(true)
                .maxRetries(retries())
                .build();
    }

    @Override
    StreamingChatModel stream(String model, boolean thinking) {
        return OllamaStreamingChatModel.builder()
                .baseUrl(signalbox.address())
                .customHeaders(KEY)
                .modelName(model)
                .timeout(LIMIT)
                .think(thinking)
                .returnThinking(true)
                .build();
    }

    @Override
    public List<float[]> vectors(String model, List<String> texts) {
        return vectors(
                OllamaEmbeddingModel.builder()
                        .baseUrl(signalbox.address())
                        .modelName(model)
                        .timeout(LIMIT)
                        .maxRetries(retries())
                        .build(),
                texts);
    }

    @Override
    public List<String> models() {
        return OllamaModels.builder()
                .baseUrl(signalbox.address())
                .maxRetries(retries())
                .build()
                .availableModels()
                .content()
                .stream()
                .map(OllamaModel::getName)
                .toList();
    }

    @Override
    public String raisesBroken() {
        return "OllamaStreamingException";
    }
}
