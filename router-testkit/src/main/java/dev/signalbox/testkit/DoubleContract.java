package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.BackendFactory;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/**
 * What a backend does with a double of its server, which is held to all that {@link LiveContract} asks of the real one:
 * extend it, say which factory, and start the double.
 */
public abstract class DoubleContract extends ServerContract {

    /** What plays the server; closed after the last test. */
    protected final ScriptedRuntime runtime;

    private final BackendFactory factory;

    /** A backend of that type asks that double, which has a tool to call from now on. */
    protected DoubleContract(BackendFactory factory, ScriptedRuntime runtime) {
        this.factory = factory;
        this.runtime = runtime;
        runtime.says(Answer.saying("All", " clear", ".").calling(TOOL, "{\"name\":\"north\"}"));
    }

    @Override
    protected LiveServer found() {
        return new LiveServer(factory, Map.of("base-url", runtime.uri().toString()), Optional.empty());
    }

    @Override
    protected void beforeLeaving() {
        runtime.sends(good -> good.first(2).thenStalls());
    }

    @Override
    protected void assertLeft() throws Exception {
        assertThat(runtime.server().clientLeft()).succeedsWithin(MOMENT);
        runtime.recovers();
        super.assertLeft();
    }

    @AfterEach
    void recover() {
        runtime.recovers();
    }

    @AfterAll
    void endDouble() {
        runtime.close();
    }
}
