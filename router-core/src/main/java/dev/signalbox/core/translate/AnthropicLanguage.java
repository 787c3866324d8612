package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import java.util.Set;

/** {@code anthropic.messages}. */
record AnthropicLanguage() implements Language {

    private static final Set<String> HINTS =
            Set.of("cache_control", "display", "eager_input_streaming", "service_tier", "user");

    @Override
    public Dialect dialect() {
        return Dialect.ANTHROPIC_MESSAGES;
    }

    @Override
    public Set<String> hints(JsonNode request) {
        return HINTS;
    }

    @Override
    public ChatReader chats() {
        return new AnthropicChatReader();
    }

    @Override
    public ChatWriter chatWriter() {
        return new AnthropicChatWriter();
    }

    @Override
    public AnswerReader answers() {
        return new AnthropicAnswerReader();
    }

    @Override
    public AnswerWriter answerWriter(Chat asked, AnswerFacts facts) {
        return new AnthropicAnswerWriter(facts);
    }
}
