import org.jspecify.annotations.NullMarked;

/** Asks Ollama. */
@NullMarked
module dev.signalbox.backend.ollama {
    requires transitive dev.signalbox.api;
    requires transitive dev.signalbox.backend.http;

    exports dev.signalbox.backend.ollama;

    provides dev.signalbox.spi.BackendFactory with
            dev.signalbox.backend.ollama.OllamaBackendFactory;
}
