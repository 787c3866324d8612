package dev.signalbox.backend.vllm;

import dev.signalbox.spi.Backend;
import dev.signalbox.testkit.BackendContract;
import java.net.URI;

class VllmBackendContractTest extends BackendContract {

    @Override
    protected Backend backendFor(URI server) {
        return Backends.at(server, key());
    }

    @Override
    protected String key() {
        return "sk-of-our-own-8";
    }
}
