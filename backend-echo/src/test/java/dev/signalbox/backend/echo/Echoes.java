package dev.signalbox.backend.echo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.api.Dialect;
import dev.signalbox.api.FailureKind;
import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendCall;
import dev.signalbox.spi.BackendException;
import dev.signalbox.spi.BackendReply;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Where;
import dev.signalbox.testkit.Calls;
import dev.signalbox.testkit.TestContext;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Makes backends and asks them. */
final class Echoes {

    private static final EchoBackendFactory FACTORY = new EchoBackendFactory();

    private Echoes() {}

    static Backend plain() {
        return with(config -> config);
    }

    static Backend with(UnaryOperator<PluginConfig> settings) {
        PluginConfig defaults = PluginConfig.of(FACTORY.options(), Where.code("test"));
        return FACTORY.create(settings.apply(defaults), TestContext.named("demo"));
    }

    static Backend failing(FailureKind kind, Mishap.At at, long every) {
        PluginConfig fail = PluginConfig.of(
                        List.of(EchoBackendFactory.KIND, EchoBackendFactory.AT, EchoBackendFactory.EVERY),
                        Where.code("test"))
                .with(EchoBackendFactory.KIND, kind)
                .with(EchoBackendFactory.AT, at)
                .with(EchoBackendFactory.EVERY, every);
        return with(config -> config.withPresent(EchoBackendFactory.FAIL, fail));
    }

    /** A chat in OpenAI's dialect whose one message is these words. */
    static BackendCall saying(String words, boolean streamed) {
        return asking(
                Dialect.OPENAI_CHAT, streamed, "\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}]");
    }

    static BackendCall asking(Dialect dialect, boolean streamed, String members) {
        return Calls.of(dialect, "demo", streamed, "{\"model\":\"demo\",\"stream\":" + streamed + "," + members + "}");
    }

    static String answer(Backend backend, BackendCall call) throws BackendException, InterruptedException, IOException {
        try (BackendReply reply = backend.exchange(call)) {
            return new String(reply.body().readAllBytes(), UTF_8);
        }
    }
}
