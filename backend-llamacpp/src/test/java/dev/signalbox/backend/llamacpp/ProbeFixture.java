package dev.signalbox.backend.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.api.Deadline;
import dev.signalbox.api.ModelInfo;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendStatus;
import dev.signalbox.testkit.ScriptedLlamaServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Timeout;

/** A llama-server that a probe looks at. */
@Timeout(120) // what is waited for in vain fails its test, not the build
@DisplayNameGeneration(ReplaceUnderscores.class)
abstract class ProbeFixture {

    final ScriptedLlamaServer llama = ScriptedLlamaServer.start();
    final Backend backend = Backends.at(llama.uri());

    @AfterEach
    void end() {
        backend.close();
        llama.close();
    }

    final BackendStatus probe() throws Exception {
        return backend.probe(soon());
    }

    static ModelInfo only(BackendStatus status) {
        assertThat(status.models().orElseThrow()).hasSize(1);
        return status.models().orElseThrow().getFirst();
    }

    static BackendException failure(Backend backend) {
        return catchThrowableOfType(BackendException.class, () -> backend.probe(soon()));
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }
}
