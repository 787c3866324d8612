package dev.signalbox.backend.ollama;

import dev.signalbox.spi.BackendFactory;
import dev.signalbox.testkit.LiveContract;

/** With an Ollama that really runs: at its usual port, or where {@code SIGNALBOX_LIVE_OLLAMA} says. */
class OllamaLiveTest extends LiveContract {

    @Override
    protected BackendFactory factory() {
        return new OllamaBackendFactory();
    }
}
