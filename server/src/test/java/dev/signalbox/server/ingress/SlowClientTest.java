package dev.signalbox.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.server.FakeRouting;
import dev.signalbox.server.Served;
import dev.signalbox.server.WireClient;
import dev.signalbox.testkit.HandClock;
import java.io.IOException;
import java.net.SocketTimeoutException;
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
    void one_that_stops_in_the_middle_of_its_first_line_is_told_and_let_go() throws Exception {
        try (WireClient client = server.connect().send("POST /v1/chat/comp")) {
            assertThat(told(client)).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void one_that_says_nothing_at_all_is_let_go_without_a_word() throws Exception {
        try (WireClient client = server.connect()) {
            client.socket().setSoTimeout(100);
            await().until(() -> {
                clock.advance(IngressSettings.DEFAULT.clientTimeout());
                ticker.tick();
                return ended(client);
            });
        }
    }

    @Test
    void one_that_stops_in_the_middle_of_its_second_request_is_told_and_let_go() throws Exception {
        try (WireClient client = server.connect().get("/health/live")) {
            client.answer();
            client.send("POST /v1");
            assertThat(told(client)).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void one_that_asks_nothing_more_for_a_while_is_kept() throws Exception {
        try (WireClient client = server.connect().get("/health/live")) {
            client.answer();
            for (int look = 0; look < 10; look++) {
                clock.advance(IngressSettings.DEFAULT.clientTimeout());
                ticker.tick();
            }
            assertThat(client.get("/health/live").answer()).startsWith("http/1.1 200");
        }
    }

    private static boolean ended(WireClient client) throws IOException {
        try {
            return client.socket().getInputStream().read() < 0;
        } catch (SocketTimeoutException silent) {
            return false;
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
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
