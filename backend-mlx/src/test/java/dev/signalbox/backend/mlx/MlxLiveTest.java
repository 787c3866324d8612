package dev.signalbox.backend.mlx;

import dev.signalbox.spi.BackendFactory;
import dev.signalbox.testkit.LiveContract;

/** Against a server that runs, see {@link dev.signalbox.testkit.LiveServer}. */
class MlxLiveTest extends LiveContract {

    @Override
    protected BackendFactory factory() {
        return new MlxBackendFactory();
    }
}
