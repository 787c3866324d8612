import org.jspecify.annotations.NullMarked;

/** Asks llama.cpp's llama-server. */
@NullMarked
module dev.signalbox.backend.llamacpp {
    requires transitive dev.signalbox.api;
    requires transitive dev.signalbox.backend.http;

    exports dev.signalbox.backend.llamacpp;

    provides dev.signalbox.spi.BackendFactory with
            dev.signalbox.backend.llamacpp.LlamaCppBackendFactory;
}
