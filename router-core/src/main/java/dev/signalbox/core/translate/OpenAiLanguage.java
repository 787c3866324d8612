package dev.signalbox.core.translate;

import dev.signalbox.api.Dialect;

/** {@code openai.chat}. */
record OpenAiLanguage() implements Language {

    @Override
    public Dialect dialect() {
        return Dialect.OPENAI_CHAT;
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
