package dev.signalbox.classifier.triage;

import dev.signalbox.core.Router;
import dev.signalbox.spi.Classifier;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.ClassifierContract;
import dev.signalbox.testkit.TestBackend;
import dev.signalbox.testkit.TestContext;
import dev.signalbox.testkit.TestFactories;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class TriageContractTest extends ClassifierContract {

    private final Router router = Router.builder()
            .backend("small", TestFactories.backend("test", TestBackend.saying("easy")), options -> options)
            .build();

    @AfterEach
    void close() {
        router.close();
    }

    @Override
    protected Classifier classifier(PluginContext context) {
        ((TestContext) context).router(router);
        PluginConfig config = PluginConfig.of(new TriageFactory().options(), Where.code("classifiers.triage"))
                .with(TriageFactory.ASK, "small/test-model")
                .with(TriageFactory.CLASSES, Map.of("easy", "easy ones", "hard", "hard ones"));
        return new TriageFactory().create(config, context);
    }
}
