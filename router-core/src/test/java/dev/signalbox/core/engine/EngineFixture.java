package dev.signalbox.core.engine;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteException;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.core.Plugins;
import dev.signalbox.spi.PluginFactory;
import dev.signalbox.spi.RouterListener;
import dev.signalbox.testkit.RecordingListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/**
 * An engine over backends that do what a test writes for them. It starts when it is first asked for; what is laid out
 * after that does not count.
 */
abstract class EngineFixture {

    final FakeBackends backends = new FakeBackends();
    final Layout layout = new Layout();
    final HandTime time = new HandTime();
    final RecordingListener heard = new RecordingListener();
    final List<PluginFactory<?>> plugins = new ArrayList<>(List.of(backends));
    final List<RouterListener> listeners = new ArrayList<>(List.of(heard));
    private Engine engine;

    Engine engine() {
        if (engine == null) {
            engine = new Engine(
                    layout.settings(), Plugins.of(plugins.toArray(PluginFactory<?>[]::new)), listeners, engineTime());
        }
        return engine;
    }

    /** The time the engine goes by. */
    Time engineTime() {
        return time;
    }

    FakeGuard guard(String type) {
        FakeGuard guard = new FakeGuard(type);
        plugins.add(guard.factory());
        return guard;
    }

    @AfterEach
    void closeTheEngine() {
        if (engine != null) {
            engine.close();
        }
    }

    /** Turns the clock; those who wait in the room see it. */
    void advance(Duration by) {
        time.advance(by);
        engine().room().askAgain();
    }

    static RouteRequest chat(String model) {
        return RouteRequest.chat(model, "Hi");
    }

    static RouteRequest stream(String model) {
        return RouteRequest.chatStream(model, "Hi");
    }

    static RouteRequest body(String json) {
        return RouteRequest.of(Dialect.OPENAI_CHAT, Body.of(json));
    }

    RoutedResponse ask(RouteRequest request) throws InterruptedException {
        return engine().route(request);
    }

    /** What the client gets, to its end. */
    String bytes(RouteRequest request) throws IOException, InterruptedException {
        try (RoutedResponse response = ask(request)) {
            return read(response);
        }
    }

    static String read(RoutedResponse response) throws IOException {
        return new String(response.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Asks while the test goes on. */
    Later<RoutedResponse> later(RouteRequest request) {
        Engine asked = engine();
        return Later.run(() -> asked.route(request));
    }

    /** Why there was no answer. */
    <X extends RouteException> X refused(Class<X> kind, RouteRequest request) throws InterruptedException {
        try (RoutedResponse response = ask(request)) {
            throw new AssertionError("answered by " + response.target());
        } catch (RouteException thrown) {
            if (kind.isInstance(thrown)) {
                return kind.cast(thrown);
            }
            throw new AssertionError("not " + kind.getSimpleName(), thrown);
        }
    }
}
