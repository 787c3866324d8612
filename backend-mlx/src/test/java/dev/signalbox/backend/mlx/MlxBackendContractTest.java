package dev.signalbox.backend.mlx;

import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.spi.Backend;
import dev.signalbox.testkit.BackendContract;
import java.net.URI;

class MlxBackendContractTest extends BackendContract {

    @Override
    protected Backend backendFor(URI server) {
        return Backends.make(Backends.config(server, Flavor.AUTO).withPresent(HttpOptions.API_KEY, key()));
    }

    @Override
    protected String key() {
        return "sk-of-our-own-7";
    }
}
