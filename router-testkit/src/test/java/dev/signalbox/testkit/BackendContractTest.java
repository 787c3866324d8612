package dev.signalbox.testkit;

import dev.signalbox.spi.Backend;
import java.net.URI;

/** A backend that keeps all promises passes all tests. */
class BackendContractTest extends BackendContract {

    @Override
    protected Backend backendFor(URI server) {
        return new PlainBackend(server, key());
    }

    @Override
    protected String key() {
        return "sk-plain-7";
    }
}
