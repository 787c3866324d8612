package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.spi.RouterEvent;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A server that is killed and comes back: while it is gone nobody is sent there, and one request finds it again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HealingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ANSWER =
            "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}";

    private ScriptedServer first;
    private Configured all;

    @BeforeEach
    void start() throws Exception {
        first = ScriptedServer.start();
        first.on("/v1/chat/completions", Reply.json(200, ANSWER));
        all = Configured.by("""
                backends:
                  first: { type: openai, base-url: "%s/v1", models: [ m ] }
                  second: { type: echo }
                probe: { every: 1h }
                guards: { health: { action: exclude, threshold: 2, pause: 1s } }
                profiles:
                  coding: { chain: [ first/m, second/demo ] }
                """.formatted(first.uri()));
    }

    @AfterEach
    void stop() {
        all.close();
        first.close();
    }

    private String target() throws Exception {
        HttpResponse<String> answer = all.chat("coding", "hello");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("X-Signalbox-Target").orElseThrow();
    }

    private boolean told(String now) {
        return all.router().changes().stream()
                .anyMatch(event -> event instanceof RouterEvent.JudgementChanged change
                        && change.of().equals("first/m")
                        && change.now().equals(now));
    }

    private long asked() {
        return first.requests().stream()
                .filter(request -> request.path().endsWith("/chat/completions"))
                .count();
    }

    private void killed() throws Exception {
        assertThat(target()).isEqualTo("first/m");
        first.stopListening();
        first.closeConnections();
        for (int i = 0; i < 4; i++) {
            assertThat(target()).isEqualTo("second/demo");
        }
        assertThat(told("unhealthy")).isTrue();
    }

    @Test
    void one_request_looks_whether_it_is_back_while_all_others_are_answered_elsewhere() throws Exception {
        killed();
        Gate gate = Gate.closed();
        first.on("/v1/chat/completions", Reply.json(200, ANSWER).headWaitsFor(gate));
        long before = asked();
        first.listenAgain();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!gate.reached().isDone()) {
                assertThat(System.nanoTime()).as("its turn came").isLessThan(end);
                answers.add(callers.submit(this::target));
                awaitEnd(answers, gate);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(target()).isEqualTo("second/demo");
            }
            assertThat(asked() - before).as("one is looking").isEqualTo(1);
            gate.open();
            List<String> targets = new ArrayList<>();
            for (Future<String> answer : answers) {
                targets.add(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
            assertThat(targets).filteredOn("first/m"::equals).hasSize(1);
        } finally {
            gate.open();
        }
        assertThat(target()).isEqualTo("first/m");
        assertThat(told("healthy")).isTrue();
        assertThat(all.server().get("/health").body())
                .contains("\"guards\":[", "\"health\"", "\"of\":\"first/m\"", "it answers again");
    }

    /** Waits until the last one is answered, or is the one that looks. */
    private static void awaitEnd(List<Future<String>> answers, Gate gate) {
        while (!answers.getLast().isDone() && !gate.reached().isDone()) {
            Thread.onSpinWait();
        }
    }
}
