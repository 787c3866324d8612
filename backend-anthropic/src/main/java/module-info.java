import org.jspecify.annotations.NullMarked;

/** Asks Anthropic, and whoever speaks its API. */
@NullMarked
module dev.signalbox.backend.anthropic {
    requires transitive dev.signalbox.api;
    requires transitive dev.signalbox.backend.http;

    exports dev.signalbox.backend.anthropic;

    provides dev.signalbox.spi.BackendFactory with
            dev.signalbox.backend.anthropic.AnthropicBackendFactory;
}
