package dev.signalbox.conformance;

import com.openai.client.OpenAIClient;
import dev.signalbox.testkit.ScriptedOpenAi;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Signalbox before one double of OpenAI's servers, and OpenAI's client that asks it, for all tests of a class that registers
 * it. What a test made go wrong is mended when it is over.
 */
final class OneServer implements AfterEachCallback, AfterAllCallback {

    private final ScriptedOpenAi server;
    private final Signalbox signalbox;
    private final OpenAIClient client;
    private final Naps naps = new Naps();

    private OneServer(ScriptedOpenAi server, Signalbox signalbox) {
        this.server = server;
        this.signalbox = signalbox;
        this.client = OpenAi.client(signalbox, naps);
    }

    /** Starts them, with a configuration that is a format for where the server listens. */
    static OneServer configured(String yaml) {
        ScriptedOpenAi server = ScriptedOpenAi.start();
        try {
            return new OneServer(server, Signalbox.configured(yaml, server.uri()));
        } catch (IOException trouble) {
            server.close();
            throw new UncheckedIOException(trouble);
        }
    }

    /** The server that is asked in the end. */
    ScriptedOpenAi server() {
        return server;
    }

    /** Who is asked. */
    Signalbox signalbox() {
        return signalbox;
    }

    /** Who asks; it tries again when it thinks it should. */
    OpenAIClient client() {
        return client;
    }

    /** How it would have slept before. */
    Naps naps() {
        return naps;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        server.recovers();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        client.close();
        signalbox.close();
        server.close();
    }
}
