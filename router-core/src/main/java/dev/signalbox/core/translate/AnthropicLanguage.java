package dev.signalbox.core.translate;

import dev.signalbox.api.Dialect;

/** {@code anthropic.messages}. */
record AnthropicLanguage() implements Language {

    @Override
    public Dialect dialect() {
        return Dialect.ANTHROPIC_MESSAGES;
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
