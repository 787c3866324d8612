package dev.signalbox.backend.ollama;

import dev.signalbox.spi.Backend;
import dev.signalbox.testkit.BackendContract;
import java.net.URI;

class OllamaBackendContractTest extends BackendContract {

    @Override
    protected Backend backendFor(URI server) {
        return Backends.at(server);
    }
}
