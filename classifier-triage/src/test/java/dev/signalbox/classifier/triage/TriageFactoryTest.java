package dev.signalbox.classifier.triage;

import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.FactoryContract;
import java.util.Map;

class TriageFactoryTest extends FactoryContract {

    @Override
    protected PluginFactory<?> factory() {
        return new TriageFactory();
    }

    @Override
    protected PluginConfig config() {
        return PluginConfig.of(new TriageFactory().options(), Where.code("test"))
                .with(TriageFactory.ASK, "small/test-model")
                .with(TriageFactory.CLASSES, Map.of("easy", "easy ones"));
    }
}
