package dev.signalbox.backend.http;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.Failure;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.ScriptedServer;
import dev.signalbox.testkit.TestContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A server that tests script, and an upstream to it. */
@Timeout(60)
abstract class UpstreamFixture {

    final ScriptedServer server = ScriptedServer.start();
    final PluginConfig plain =
            PluginConfig.of(HttpOptions.with(), Where.code("backends.gpu")).with(HttpOptions.BASE_URL, server.uri());

    @AfterEach
    void close() {
        server.close();
    }

    static Upstream upstream(PluginConfig config) {
        return new Upstream(config, TestContext.named("gpu"), ErrorRules.shared());
    }

    static BackendReply exchange(PluginConfig config, BackendCall call) throws Exception {
        Upstream upstream = upstream(config);
        return upstream.exchange(call, upstream.baseUrl().root("/x"));
    }

    static Failure failure(PluginConfig config, BackendCall call) {
        return catchThrowableOfType(BackendException.class, () -> exchange(config, call))
                .failure();
    }
}
