import org.jspecify.annotations.NullMarked;

/** Asks any server that speaks the API of OpenAI. */
@NullMarked
module dev.signalbox.backend.openai {
    requires transitive dev.signalbox.api;
    requires transitive dev.signalbox.backend.http;

    exports dev.signalbox.backend.openai;

    provides dev.signalbox.spi.BackendFactory with
            dev.signalbox.backend.openai.OpenAiBackendFactory;
}
