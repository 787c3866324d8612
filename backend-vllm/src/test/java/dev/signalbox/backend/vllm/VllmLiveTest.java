package dev.signalbox.backend.vllm;

import dev.signalbox.spi.BackendFactory;
import dev.signalbox.testkit.LiveContract;

/** With a vLLM that really runs: at its usual port, or where {@code SIGNALBOX_LIVE_VLLM} says. */
class VllmLiveTest extends LiveContract {

    @Override
    protected BackendFactory factory() {
        return new VllmBackendFactory();
    }
}
