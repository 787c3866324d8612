package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.Dialect;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code ollama.chat}. */
record OllamaLanguage() implements Language {

    private static final String KEEP_ALIVE = "keep_alive";

    private static final Set<String> OF_THE_MACHINE = Set.of(
            "options.f16_kv",
            "options.low_vram",
            "options.main_gpu",
            "options.num_batch",
            "options.num_gpu",
            "options.num_thread",
            "options.numa",
            "options.use_mlock",
            "options.use_mmap");

    private static final Set<String> HINTS =
            Stream.concat(Stream.of(KEEP_ALIVE), OF_THE_MACHINE.stream()).collect(Collectors.toUnmodifiableSet());

    @Override
    public Dialect dialect() {
        return Dialect.OLLAMA_CHAT;
    }

    /** How long a model stays is a hint, unless it is to go at once: that is done, or it is not. */
    @Override
    public Set<String> hints(JsonNode request) {
        return OllamaRequest.unloads(request.path(KEEP_ALIVE)) ? OF_THE_MACHINE : HINTS;
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
