package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import java.util.Set;

/** {@code openai.chat}. */
record OpenAiLanguage() implements Language {

    private static final Set<String> HINTS = Set.of(
            "metadata",
            "prediction",
            "prompt_cache_key",
            "prompt_cache_retention",
            "safety_identifier",
            "service_tier",
            "stream_options.include_obfuscation",
            "user");

    @Override
    public Dialect dialect() {
        return Dialect.OPENAI_CHAT;
    }

    @Override
    public Set<String> hints(JsonNode request) {
        return HINTS;
    }

    @Override
    public ChatReader chats() {
        return new OpenAiChatReader();
    }

    @Override
    public ChatWriter chatWriter() {
        return new OpenAiChatWriter();
    }

    @Override
    public AnswerReader answers() {
        return new OpenAiAnswerReader();
    }

    @Override
    public AnswerWriter answerWriter(Chat asked, AnswerFacts facts) {
        return new OpenAiAnswerWriter(asked, facts);
    }
}
