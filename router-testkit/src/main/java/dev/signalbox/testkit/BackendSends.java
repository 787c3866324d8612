package dev.signalbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.signalbox.api.Headers;
import dev.signalbox.spi.BackendCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a backend sends. */
abstract class BackendSends extends BackendFixture {

    private static final int AT_ONCE_COUNT = 16;

    @TestFactory
    Stream<DynamicTest> sends_the_body_as_it_is_and_says_its_length() {
        server.otherwise(request -> Reply.json(200, "{}"));
        return backend.dialects().stream()
                .map(dialect -> dynamicTest(dialect.id(), () -> sendsAsItIs(Calls.of(dialect, "test-model", false))));
    }

    private void sendsAsItIs(BackendCall call) throws Exception {
        int before = server.requests().size();
        read(call);

        ReceivedRequest request = server.request(before);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.body()).isEqualTo(bytes(call));
        assertThat(request.headers("content-length"))
                .containsExactly(Long.toString(call.body().size()));
        assertThat(request.headers("transfer-encoding")).isEmpty();
        assertThat(request.header("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    }

    @Test
    void calls_the_server_by_its_own_name() throws Exception {
        server.replies(200, "{}");

        read(call().withHeaders(Headers.of("Host", "router.example.org")));

        assertThat(server.request(0).headers("host")).containsExactly("127.0.0.1:" + server.port());
    }

    @Test
    void keeps_what_the_client_sent_for_the_router_to_itself() throws Exception {
        server.replies(200, "{}");
        Headers headers = Headers.of(
                "Authorization", "Bearer client-secret",
                "Cookie", "session=client-secret",
                "X-Api-Key", "client-secret",
                "X-Odd", "client-secret",
                "X-Conversation-Id", "client-secret",
                "Content-Length", "1",
                "Transfer-Encoding", "chunked");

        read(call().withHeaders(headers));

        assertThat(server.request(0).headers())
                .extracting(Map.Entry::getValue)
                .noneMatch(value -> value.contains("client-secret"));
        assertThat(server.problems()).isEmpty();
    }

    @Test
    void carries_the_trace_and_its_way_on() throws Exception {
        server.replies(200, "{}");
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        read(call().withHeaders(Headers.of("traceparent", parent)));

        assertThat(server.request(0).headers("traceparent")).containsExactly(parent);
        assertThat(server.request(0).headers("via")).anyMatch(via -> via.contains(Calls.VIA));
    }

    @Test
    void offers_no_other_protocol_in_the_middle_of_a_request() throws Exception {
        server.replies(200, "{}");

        read(call());

        assertThat(server.request(0).headers("upgrade")).isEmpty();
        assertThat(server.request(0).headers("http2-settings")).isEmpty();
    }

    @Test
    void asks_many_times_at_once_and_mixes_nothing_up() throws Exception {
        CountDownLatch allHere = new CountDownLatch(AT_ONCE_COUNT);
        server.otherwise(request -> {
            allHere.countDown();
            allHere.await();
            return Reply.json(200, request.text());
        });
        List<Later<String>> answers = new ArrayList<>();
        for (int i = 0; i < AT_ONCE_COUNT; i++) {
            BackendCall call = Calls.of(dialect(), "model-" + i, false);
            answers.add(Later.run(() -> new String(read(call), UTF_8)));
        }

        for (int i = 0; i < AT_ONCE_COUNT; i++) {
            assertThat(answers.get(i).result())
                    .succeedsWithin(PATIENCE)
                    .asString()
                    .contains("\"model-" + i + "\"");
        }
    }

    @Test
    void does_not_mind_a_server_that_closes_connections_without_saying_so() throws Exception {
        server.otherwise(request -> Reply.events("1").thenCloses());

        for (int i = 0; i < 30; i++) {
            assertThat(read(streamed())).asString(UTF_8).isEqualTo("data: 1\n\n");
        }
        assertThat(server.requests()).hasSize(30);
    }

    private static byte[] bytes(BackendCall call) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        call.body().writeTo(bytes);
        return bytes.toByteArray();
    }
}
