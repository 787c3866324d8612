import org.jspecify.annotations.NullMarked;

/** Asks Ollama. */
@NullMarked
module dev.signalbox.backend.ollama {
    requires transitive dev.signalbox.api;
    requires dev.signalbox.backend.http;
}
