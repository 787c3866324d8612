package dev.signalbox.backend.anthropic;

import dev.signalbox.api.Dialect;
import dev.signalbox.spi.Backend;
import dev.signalbox.testkit.BackendContract;
import java.net.URI;

class AnthropicBackendContractTest extends BackendContract {

    @Override
    protected Backend backendFor(URI server) {
        return Backends.at(server, key());
    }

    @Override
    protected String key() {
        return "sk-ant-of-our-own-7";
    }

    @Override
    protected Dialect dialect() {
        return Dialect.ANTHROPIC_MESSAGES;
    }
}
