package dev.signalbox.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.core.Bodies;
import dev.signalbox.server.FakeAnswer;
import dev.signalbox.server.FakeRouting;
import dev.signalbox.server.Served;
import dev.signalbox.server.WireClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send takes so much memory and no more, whichever way they send it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HoldingsTest {

    private static final Duration A_BUSY_MACHINE = Duration.ofSeconds(60);
    private static final int CHUNK = 40 << 10;

    /** There is room for one such chunk, and not for two. */
    private final Ingress ingress = new Ingress(
            FakeRouting.answering("{}"),
            IngressSettings.DEFAULT,
            new Ticker(System::nanoTime),
            new Holdings(Bodies.create(), new ChunkBudget(64 << 10)));

    private static void begin(WireClient client, String path) throws IOException {
        client.send("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n".formatted(path)
                + "Transfer-Encoding: chunked\r\n\r\n%x\r\n{".formatted(CHUNK));
    }

    private static String ask(Served server, String path) throws IOException {
        try (WireClient client = server.connect()) {
            begin(client, path);
            client.send(" ".repeat(CHUNK - 2) + "}\r\n0\r\n\r\n");
            return client.answer();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/api/show", "/signalbox/explain"})
    void on_one_listener(String path) throws Exception {
        try (Served server = Served.of(ingress);
                WireClient sending = server.connect()) {
            begin(sending, "/v1/embeddings");
            await().atMost(A_BUSY_MACHINE).until(() -> ask(server, path).contains(" 503 "));
        }
    }

    @Test
    void on_several_of_them() throws Exception {
        try (Served server = Served.of(ingress);
                Served other = Served.of(ingress.again());
                WireClient sending = other.connect()) {
            begin(sending, "/v1/embeddings");
            await().atMost(A_BUSY_MACHINE)
                    .until(() -> ask(server, "/v1/chat/completions").contains(" 503 "));
        }
    }

    @Test
    void on_all_listeners_beside_the_answers_of_a_batch() throws Exception {
        AtomicBoolean answered = new AtomicBoolean();
        FakeRouting routing = FakeRouting.doing(request -> {
                    if (request.dialect().equals(Dialect.TASK) && answered.compareAndSet(false, true)) {
                        return FakeAnswer.json(json(3_000));
                    }
                    try (Body ignored = request.body()) {
                        return FakeRouting.awaitCancellation(request);
                    }
                })
                .doingTasks();
        Bodies bodies = Bodies.create();
        Ingress main = new Ingress(
                routing,
                IngressSettings.DEFAULT,
                new Ticker(System::nanoTime),
                new Holdings(bodies, ChunkBudget.standard()));
        String batch = "[{\"prompt\":\"1\"},{\"prompt\":\"2\"}]";
        try (Served one = Served.of(main);
                Served two = Served.of(main.again());
                Served three = Served.of(main.againForTasks(TaskSettings.DEFAULT));
                WireClient chat = one.connect();
                WireClient talk = two.connect();
                WireClient tasks = three.connect()) {
            chat.post("/v1/chat/completions", json(1_000));
            talk.post("/api/chat", json(2_000));
            tasks.post("/tasks/batch", batch);
            await().atMost(A_BUSY_MACHINE)
                    .untilAsserted(() -> assertThat(bodies.inMemory()).isEqualTo(6_000 + batch.length()));
        }
        await().atMost(A_BUSY_MACHINE)
                .untilAsserted(() -> assertThat(bodies.inMemory()).isZero());
    }

    /** An object of so many bytes. */
    private static String json(int bytes) {
        return "{" + " ".repeat(bytes - 2) + "}";
    }
}
