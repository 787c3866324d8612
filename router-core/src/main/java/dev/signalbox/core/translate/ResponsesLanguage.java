package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import java.util.Set;

/** {@code openai.responses}, as far as nothing is kept between two requests. */
record ResponsesLanguage() implements Language {

    private static final Set<String> HINTS = Set.of(
            "client_metadata",
            "metadata",
            "prompt_cache_key",
            "prompt_cache_retention",
            "safety_identifier",
            "service_tier",
            "stream_options",
            "user");

    @Override
    public Dialect dialect() {
        return Dialect.OPENAI_RESPONSES;
    }

    @Override
    public Set<String> hints(JsonNode request) {
        return HINTS;
    }

    @Override
    public ChatReader chats() {
        return new ResponsesChatReader();
    }

    @Override
    public ChatWriter chatWriter() {
        return new ResponsesChatWriter();
    }

    @Override
    public AnswerReader answers() {
        return new ResponsesAnswerReader();
    }

    @Override
    public AnswerWriter answerWriter(Chat asked, AnswerFacts facts) {
        return new ResponsesAnswerWriter(asked, facts);
    }
}
