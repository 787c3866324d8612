package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.Backend;
import dev.signalbox.spi.BackendFactory;
import dev.signalbox.spi.Discovery;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** How tests find servers that really run. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LiveServerTest {

    private final ScriptedServer server = ScriptedServer.start();
    private final BackendFactory factory = discoverable(server.uri());

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void the_environment_names_it_and_then_nobody_is_asked() {
        Map<String, String> environment = Map.of(
                "SIGNALBOX_LIVE_MY_TYPE", "http://gpu.local:8000",
                "SIGNALBOX_LIVE_MY_TYPE_KEY", "secret",
                "SIGNALBOX_LIVE_MY_TYPE_MODEL", "qwen3:8b");

        LiveServer found = LiveServer.find(factory, environment).orElseThrow();

        assertThat(found.settings())
                .containsExactlyInAnyOrderEntriesOf(Map.of("base-url", "http://gpu.local:8000", "api-key", "secret"));
        assertThat(found.model()).contains("qwen3:8b");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void else_it_is_the_one_that_is_recognised_at_the_usual_port() {
        server.on("/version", Reply.json(200, "{\"mine\":true}"));

        assertThat(LiveServer.find(factory, Map.of("SIGNALBOX_LIVE_MY_TYPE", " ")))
                .map(LiveServer::settings)
                .contains(Map.of("base-url", server.uri().toString()));
    }

    @Test
    void somebody_else_at_that_port_is_not_taken_for_it() {
        server.on("/version", Reply.json(200, "{\"theirs\":true}"));
        assertThat(LiveServer.find(factory, Map.of())).isEmpty();

        server.on("/version", Reply.json(404, "{\"mine\":true}"));
        assertThat(LiveServer.find(factory, Map.of())).isEmpty();

        server.on("/version", Reply.hangUp());
        assertThat(LiveServer.find(factory, Map.of())).isEmpty();
    }

    @Test
    void nobody_there_is_a_reason_to_skip_that_says_what_to_set() {
        try (ClosedPort nobody = ClosedPort.reserve()) {
            BackendFactory alone = discoverable(nobody.uri());

            assertThat(LiveServer.find(alone, Map.of())).isEmpty();
            assertThat(LiveServer.missing(alone))
                    .isEqualTo(
                            "No my-type was found at %s/version, and SIGNALBOX_LIVE_MY_TYPE names none.", nobody.uri());
        }
    }

    @Test
    void a_backend_is_made_of_its_settings() {
        LiveServer plain = new LiveServer(
                new PlainBackendFactory(), Map.of("base-url", server.uri().toString()), Optional.empty());

        try (Backend backend = plain.backend()) {
            assertThat(backend).isInstanceOf(PlainBackend.class);
        }
    }

    private static BackendFactory discoverable(URI place) {
        Discovery discovery = new Discovery(
                URI.create(place + "/version"),
                answer -> answer.status() == 200 && answer.body().contains("mine"),
                Map.of("base-url", place.toString()));
        return TestFactories.backend("my-type", () -> List.of(discovery), lent -> {
            throw new UnsupportedOperationException();
        });
    }
}
