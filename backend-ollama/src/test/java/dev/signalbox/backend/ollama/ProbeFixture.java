package dev.signalbox.backend.ollama;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedOllama;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Timeout;

/** An Ollama that a probe looks at. */
@Timeout(120) // what is waited for in vain fails its test, not the build
@DisplayNameGeneration(ReplaceUnderscores.class)
abstract class ProbeFixture {

    final ScriptedOllama ollama = ScriptedOllama.start();
    final Backend backend = Backends.at(ollama.uri());

    @AfterEach
    final void end() {
        backend.close();
        ollama.close();
    }

    final BackendStatus probe() throws BackendException, InterruptedException {
        return backend.probe(soon());
    }

    final Map<String, ModelInfo> models() throws BackendException, InterruptedException {
        return probe().models().orElseThrow().stream().collect(Collectors.toMap(ModelInfo::name, model -> model));
    }

    /** What is told of a model that is asked for. */
    final void show(String model, Reply reply) {
        ollama.server()
                .on(
                        request -> request.path().equals("/api/show")
                                && request.text().contains('"' + model + '"'),
                        request -> reply);
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
