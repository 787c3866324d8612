package dev.signalbox.backend.mlx;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.Unroutable;
import dev.signalbox.backend.http.HttpOptions;
import dev.signalbox.core.Router;
import dev.signalbox.testkit.LiveServer;
import java.net.URI;

/** A model that a server does not list, and would fetch if it was asked for it. */
final class Unlisted {

    private Unlisted() {}

    /** Fails unless a router that has such a server finds that nobody has the model. */
    static void assertNobodyIsAskedFor(LiveServer server) {
        URI address = URI.create(server.settings().getOrDefault("base-url", ""));
        try (Router router = Router.builder()
                .backend("mlx", new MlxBackendFactory(), options -> options.with(HttpOptions.BASE_URL, address))
                .build()) {
            RouteRequest unlisted = RouteRequest.chat("mlx/signalbox-test/there-is-no-such-model", "Hi");
            assertThatExceptionOfType(Unroutable.class)
                    .isThrownBy(() -> router.route(unlisted).close());
        }
    }
}
