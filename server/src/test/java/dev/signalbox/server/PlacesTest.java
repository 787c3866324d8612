package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.ingress.IngressSettings;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlacesTest {

    @Test
    void who_comes_too_many_is_told_to_come_back_and_keeps_the_connection() throws Exception {
        FakeAnswer slow = FakeAnswer.events().sends("data: 1\n\n");
        FakeRouting router = FakeRouting.answering(slow);
        try (Served server = Served.of(router, IngressSettings.DEFAULT.withMaxRequests(1));
                WireClient first = server.connect();
                WireClient second = server.connect()) {
            first.post("/v1/chat/completions", "{}").readUntil("data: 1\n\n\r\n");
            second.post("/v1/chat/completions", "{}");
            assertThat(second.answer())
                    .startsWith("http/1.1 503")
                    .contains("retry-after: 1")
                    .contains("server.max-requests")
                    .doesNotContain("connection: close");
            slow.ends();
            first.readUntil("0\r\n\r\n");
            router.then(request -> FakeAnswer.json("{\"second\":1}"));
            assertThat(answerAfterPlaceIsFree(second)).contains("{\"second\":1}");
        }
    }

    @Test
    void a_connection_that_waits_for_its_next_request_takes_no_place() throws Exception {
        FakeRouting router = FakeRouting.doing(request -> FakeAnswer.json("{}"));
        try (Served server = Served.of(router, IngressSettings.DEFAULT.withMaxRequests(1));
                WireClient idle = server.connect();
                WireClient busy = server.connect()) {
            idle.post("/v1/chat/completions", "{}").answer();
            assertThat(answerAfterPlaceIsFree(busy)).contains("200 ok");
        }
    }

    /** The last byte of an answer may come a moment before its place is given back. */
    private static String answerAfterPlaceIsFree(WireClient client) throws Exception {
        String answer = client.post("/v1/chat/completions", "{}").answer();
        while (answer.startsWith("http/1.1 503")) {
            answer = client.post("/v1/chat/completions", "{}").answer();
        }
        return answer;
    }
}
