package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import java.util.Set;

/** {@code ollama.generate}. */
record OllamaGenerateAsking() implements Asking {

    @Override
    public Dialect dialect() {
        return Dialect.OLLAMA_GENERATE;
    }

    @Override
    public Set<String> hints(JsonNode request) {
        return new OllamaLanguage().hints(request);
    }

    @Override
    public ChatReader chats() {
        return new OllamaGenerateReader();
    }

    @Override
    public AnswerWriter answerWriter(Chat asked, AnswerFacts facts) {
        return new OllamaAnswerWriter(dialect(), asked, facts);
    }
}
