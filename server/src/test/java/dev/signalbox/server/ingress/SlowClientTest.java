package dev.signalbox.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.server.FakeRouting;
import dev.signalbox.server.Served;
import dev.signalbox.server.WireClient;
import dev.signalbox.testkit.HandClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SlowClientTest {

    private static final String HEAD =
            "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    private final HandClock clock = new HandClock();
    private final Ticker ticker = new Ticker(clock::nanoTime);
    private final Served server = Served.of(new Ingress(FakeRouting.answering("{}"), IngressSettings.DEFAULT, ticker));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void one_that_stops_in_the_middle_of_its_body_is_told_and_let_go() throws Exception {
        try (WireClient client = server.connect().send(HEAD + "Content-Length: 100\r\n\r\n{\"model\"")) {
            assertThat(told(client)).startsWith("HTTP/1.1 408").contains("server.client-timeout");
        }
    }

    @Test
    void one_that_stops_in_the_middle_of_its_head_is_told_and_let_go() throws Exception {
        try (WireClient client = server.connect().send(HEAD)) {
            assertThat(told(client)).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void one_that_is_told_in_the_dialect_it_speaks() throws Exception {
        try (WireClient client = server.connect()
                .send("POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 9\r\n\r\n{")) {
            assertThat(told(client)).contains("{\"error\":\"The request did not arrive");
        }
    }

    /** When the server has seen what was sent is not known here, so the clock is turned until it has. */
    private String told(WireClient client) {
        await().until(() -> {
            clock.advance(IngressSettings.DEFAULT.clientTimeout());
            ticker.tick();
            return client.socket().getInputStream().available() > 0;
        });
        try {
            return client.rest();
        } catch (java.io.IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
