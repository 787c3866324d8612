package dev.signalbox.core.translate;

import dev.signalbox.api.Dialect;

/** {@code openai.responses}, as far as nothing is kept between two requests. */
record ResponsesLanguage() implements Language {

    @Override
    public Dialect dialect() {
        return Dialect.OPENAI_RESPONSES;
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
