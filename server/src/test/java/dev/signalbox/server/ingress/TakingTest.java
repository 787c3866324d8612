package dev.signalbox.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.api.Cancellation;
import dev.signalbox.server.FakeAnswer;
import dev.signalbox.server.FakeRouting;
import dev.signalbox.server.Served;
import dev.signalbox.server.WireClient;
import dev.signalbox.testkit.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A client that has an answer waiting for it and does not take it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TakingTest {

    private static final Duration A_BUSY_MACHINE = Duration.ofSeconds(60);
    private static final String STREAM = "{\"model\":\"m\",\"stream\":true}";
    private static final int FRAME = 50_000;
    private static final int MUCH = 8 << 20; // more than lies between two sockets

    private final HandClock clock = new HandClock();
    private final Ticker ticker = new Ticker(clock::nanoTime);
    private final FakeAnswer answer = FakeAnswer.events();
    private final FakeRouting router = FakeRouting.answering(answer);
    private final Served server = Served.of(new Ingress(router, IngressSettings.DEFAULT, ticker));

    @BeforeEach
    void a_large_answer() {
        for (int i = 0; i < 1000; i++) {
            answer.sends("data: " + "x".repeat(FRAME) + "\n\n");
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void turn(Duration time) {
        clock.advance(time);
        ticker.tick();
    }

    @Test
    void one_that_takes_nothing_counts_as_gone() throws Exception {
        try (WireClient client = server.connect().post("/v1/chat/completions", STREAM)) {
            client.head();
            await().atMost(A_BUSY_MACHINE).until(() -> {
                turn(IngressSettings.DEFAULT.writeTimeout());
                return answer.closed().isDone();
            });
            assertThat(router.request().cancellation().cancelled()).isTrue();
        }
    }

    @Test
    void one_that_is_slow_does_not() throws Exception {
        try (WireClient client = server.connect().post("/v1/chat/completions", STREAM)) {
            client.head();
            for (int i = 0; i < 4; i++) {
                assertThat(client.socket().getInputStream().readNBytes(MUCH)).hasSize(MUCH);
                turn(IngressSettings.DEFAULT.writeTimeout().minusSeconds(1));
            }
            assertThat(answer.closed()).isNotDone();
        }
    }

    @Test
    void one_that_takes_nothing_of_a_batch_does_too() throws Exception {
        FakeRouting tasks = FakeRouting.answering(FakeAnswer.json("\"" + "x".repeat(MUCH) + "\""))
                .doingTasks();
        Ticker own = new Ticker(clock::nanoTime);
        try (Served batches = Served.of(new Ingress(tasks, IngressSettings.DEFAULT, own));
                WireClient client = batches.connect().post("/tasks/batch", "[{\"prompt\":\"1\"}]")) {
            client.head();
            Cancellation batch = tasks.request().cancellation();
            await().atMost(A_BUSY_MACHINE).until(() -> {
                clock.advance(IngressSettings.DEFAULT.writeTimeout());
                own.tick();
                return batch.cancelled();
            });
        }
    }

    @Test
    void one_for_whom_there_is_nothing_yet_does_not() throws Exception {
        FakeAnswer silent = FakeAnswer.events().sends("data: 1\n\n");
        router.then(request -> silent);
        try (WireClient client = server.connect().post("/v1/chat/completions", STREAM)) {
            client.readUntil("data: 1\n\n");
            for (int i = 0; i < 3; i++) {
                turn(IngressSettings.DEFAULT.writeTimeout());
            }
            assertThat(silent.closed()).isNotDone();
            silent.ends();
        }
    }
}
