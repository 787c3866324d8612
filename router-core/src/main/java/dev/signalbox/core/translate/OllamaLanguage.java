package dev.signalbox.core.translate;

import dev.signalbox.api.Dialect;

/** {@code ollama.chat}. */
record OllamaLanguage() implements Language {

    @Override
    public Dialect dialect() {
        return Dialect.OLLAMA_CHAT;
    }

    @Override
    public ChatReader chats() {
        return new OllamaChatReader();
    }

    @Override
    public ChatWriter chatWriter() {
        return new OllamaChatWriter();
    }

    @Override
    public AnswerReader answers() {
        return new OllamaAnswerReader();
    }

    @Override
    public AnswerWriter answerWriter(Chat asked, AnswerFacts facts) {
        return new OllamaAnswerWriter(dialect(), asked, facts);
    }
}
