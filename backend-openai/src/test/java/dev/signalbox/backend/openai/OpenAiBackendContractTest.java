package dev.signalbox.backend.openai;

import dev.signalbox.spi.Backend;
import dev.signalbox.testkit.BackendContract;
import java.net.URI;

class OpenAiBackendContractTest extends BackendContract {

    @Override
    protected Backend backendFor(URI server) {
        return Backends.at(server, "generic", key());
    }

    @Override
    protected String key() {
        return "sk-of-our-own-7";
    }
}
