package dev.signalbox.backend.llamacpp;

import dev.signalbox.testkit.DoubleContract;
import dev.signalbox.testkit.LlamaModel;
import dev.signalbox.testkit.ScriptedLlamaServer;
import org.junit.jupiter.api.Nested;

/** With one model, which answers whatever it is called. */
class LlamaCppDoubleTest extends DoubleContract {

    LlamaCppDoubleTest() {
        super(new LlamaCppBackendFactory(), ScriptedLlamaServer.start().measuring());
    }

    @Override
    protected boolean refusesUnknownModels() {
        return false;
    }

    /** And the one that has several and starts them. */
    @Nested
    class InRouterMode extends DoubleContract {

        InRouterMode() {
            super(
                    new LlamaCppBackendFactory(),
                    ScriptedLlamaServer.start()
                            .routing(LlamaModel.named("tiny"), LlamaModel.named("large"))
                            .loaded("tiny"));
        }
    }
}
