package dev.signalbox.backend.vllm;

import dev.signalbox.testkit.DoubleContract;
import dev.signalbox.testkit.ScriptedVllm;

class VllmDoubleTest extends DoubleContract {

    VllmDoubleTest() {
        super(new VllmBackendFactory(), ScriptedVllm.start());
    }
}
