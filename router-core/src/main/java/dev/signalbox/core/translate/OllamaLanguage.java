package dev.signalbox.core.translate;

import dev.signalbox.api.Dialect;
import java.util.Set;

/** {@code ollama.chat}. */
record OllamaLanguage() implements Language {

    private static final Set<String> HINTS = Set.of(
            "keep_alive",
            "options.f16_kv",
            "options.low_vram",
            "options.main_gpu",
            "options.num_batch",
            "options.num_gpu",
            "options.num_thread",
            "options.numa",
            "options.use_mlock",
            "options.use_mmap");

    @Override
    public Dialect dialect() {
        return Dialect.OLLAMA_CHAT;
    }

    @Override
    public Set<String> hints() {
        return HINTS;
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
