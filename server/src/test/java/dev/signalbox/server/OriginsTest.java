package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.ingress.IngressSettings;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OriginsTest {

    private final Served server = Served.of(
            FakeRouting.answering("{}"), IngressSettings.DEFAULT.withOrigins(Set.of("https://chat.example/")));

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:3000", "http://127.0.0.1:8080", "https://[::1]:3000", "https://chat.example"})
    void pages_of_this_machine_and_those_listed_may_ask(String origin) throws Exception {
        String answer = ask("OPTIONS /v1/chat/completions", origin);
        assertThat(answer)
                .contains(" 204 ")
                .contains("access-control-allow-origin: " + origin)
                .contains("access-control-allow-methods: get, head, post")
                .contains("access-control-allow-headers: authorization, content-type");
        assertThat(ask("GET /v1/models", origin))
                .contains("access-control-allow-origin: " + origin)
                .contains("access-control-expose-headers: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "http://localhost.evil.example", "null", "https://chat.example.evil"})
    void other_pages_may_not(String origin) throws Exception {
        assertThat(ask("OPTIONS /v1/chat/completions", origin))
                .contains(" 403 ")
                .contains("server.origins")
                .doesNotContain("access-control-allow-origin");
        assertThat(ask("GET /v1/models", origin)).doesNotContain("access-control-allow-origin");
    }

    @Test
    void a_page_may_read_an_error_too() throws Exception {
        assertThat(ask("GET /v1/nothing", "http://localhost:3000"))
                .contains(" 404 ")
                .contains("access-control-allow-origin: http://localhost:3000");
    }

    private String ask(String what, String origin) throws Exception {
        try (WireClient client = server.connect()) {
            client.send("%s HTTP/1.1\r\nHost: localhost\r\nOrigin: %s\r\nAccess-Control-Request-Method: POST\r\n"
                            .formatted(what, origin)
                    + "Access-Control-Request-Headers: authorization, content-type\r\nConnection: close\r\n\r\n");
            String head = client.head();
            return head.contains(" 204 ") ? head : head + client.rest();
        }
    }
}
