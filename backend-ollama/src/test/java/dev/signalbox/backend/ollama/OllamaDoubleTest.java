package dev.signalbox.backend.ollama;

import dev.signalbox.testkit.DoubleContract;
import dev.signalbox.testkit.OllamaModel;
import dev.signalbox.testkit.ScriptedOllama;

class OllamaDoubleTest extends DoubleContract {

    OllamaDoubleTest() {
        super(new OllamaBackendFactory(), ScriptedOllama.start().installed(OllamaModel.named("qwen3:8b")));
    }
}
