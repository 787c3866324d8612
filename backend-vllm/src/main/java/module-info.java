import org.jspecify.annotations.NullMarked;

/** Asks vLLM. */
@NullMarked
module dev.signalbox.backend.vllm {
    requires transitive dev.signalbox.api;
    requires transitive dev.signalbox.backend.http;

    exports dev.signalbox.backend.vllm;

    provides dev.signalbox.spi.BackendFactory with
            dev.signalbox.backend.vllm.VllmBackendFactory;
}
