package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Traces are kept, and headers are read by all sorts of clients: what strangers call things does not fill them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LongNamesTest extends EngineFixture {

    private static final int LONG = 40_000;

    @BeforeEach
    void a_backend_that_speaks_openai_only() {
        layout.backend("gpu", "m");
        backends.dialects = Set.of(Dialect.OPENAI_CHAT);
        backends.on("gpu", Chat.says("Hi"));
    }

    private static RouteRequest request(Dialect dialect, String members) {
        return RouteRequest.of(dialect, Body.of(("{'model':'gpu/m'," + members + "}").replace('\'', '"')));
    }

    private static void isShort(RoutedResponse response) {
        RouteTrace trace = response.trace();
        assertThat(trace.dropped()).hasSizeBetween(1, 200).allMatch(what -> what.length() < 1_100);
        assertThat(trace.edits()).hasSizeLessThan(300).allMatch(what -> what.length() < 1_100);
        assertThat(response.headers().first("X-Signalbox-Dropped").orElseThrow())
                .hasSizeLessThan(2_100)
                .startsWith("x");
    }

    @Test
    void what_a_client_calls_its_members_and_parts() throws Exception {
        String name = "x".repeat(LONG);
        try (RoutedResponse response = ask(request(
                Dialect.ANTHROPIC_MESSAGES,
                "'max_tokens':9,'%s':1,'messages':[{'role':'user','content':['Hi',{'type':'%sy'}]}]"
                        .formatted(name, name)))) {
            isShort(response);
            assertThat(response.trace().dropped()).hasSize(1).first().asString().endsWith("x ...");
        }
    }

    @Test
    void as_many_as_it_likes() throws Exception {
        String members =
                IntStream.range(0, 1_000).mapToObj("'x%020d':1"::formatted).collect(Collectors.joining(","));
        try (RoutedResponse response = ask(request(Dialect.TASK, "'prompt':'Hi'," + members))) {
            isShort(response);
        }
    }

    @Test
    void what_a_server_calls_its_parts() throws Exception {
        backends.dialects = Set.of(Dialect.ANTHROPIC_MESSAGES);
        String content = "[{'type':'text','text':'Hi'},{'type':'%s'}]".formatted("x".repeat(LONG));
        String whole = "{'content':%s,'stop_reason':'end_turn'}".formatted(content);
        backends.on("gpu", call -> Tape.json(whole.replace('\'', '"')));

        try (RoutedResponse response =
                ask(request(Dialect.OPENAI_CHAT, "'messages':[{'role':'user','content':'Hi'}]"))) {
            assertThat(response.trace().notes())
                    .singleElement()
                    .asString()
                    .contains("the answer lost xxx")
                    .hasSizeLessThan(1_100);
        }
    }
}
