package dev.signalbox.testkit;

import dev.signalbox.spi.BackendFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/**
 * What a backend does with a server that really runs: extend it, say which factory, and run {@code -Plive}. Every test is
 * skipped, with the reason, where no {@link LiveServer} is found. Asking for a chat may make the server load a model.
 */
@Tag("live")
@Timeout(900) // a large model loads for minutes
public abstract class LiveContract extends ServerContract {

    /** The factory of the type. */
    protected abstract BackendFactory factory();

    /** What is found; who starts a server of its own says so here. */
    @Override
    protected LiveServer found() {
        return LiveServer.orSkip(factory());
    }
}
