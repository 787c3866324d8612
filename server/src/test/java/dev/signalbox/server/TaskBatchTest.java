package dev.signalbox.server;

import static dev.signalbox.server.TaskTown.ARCHITECT;
import static dev.signalbox.server.TaskTown.CODER;
import static dev.signalbox.server.TaskTown.REVIEWER;
import static dev.signalbox.server.TaskTown.json;
import static dev.signalbox.server.TaskTown.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.server.ingress.Ingress;
import dev.signalbox.server.ingress.IngressSettings;
import dev.signalbox.server.ingress.TaskSettings;
import dev.signalbox.testkit.Gate;
import dev.signalbox.testkit.ReceivedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TaskBatchTest {

    @Test
    void a_batch_keeps_the_order_whoever_is_faster() throws Exception {
        try (TaskTown town = TaskTown.open()) {
            String tasks = Stream.of("plan", "fix", "review", "fix", "plan")
                    .map("{'prompt':'x','task_type':'%s'}"::formatted)
                    .collect(Collectors.joining(",", "[", "]"));

            JsonNode batch = json(town.post("/batch", tasks));

            assertThat(batch.at("/results").findValuesAsText("agent"))
                    .containsExactly("Architect", "Coder", "Reviewer", "Coder", "Architect");
            assertThat(town.chats())
                    .extracting(chat -> chat.path("model").textValue())
                    .as("one after the other, in their order")
                    .containsExactly(ARCHITECT, CODER, REVIEWER, CODER, ARCHITECT);
        }
    }

    @Test
    void several_tasks_of_a_batch_may_be_done_at_once() throws Exception {
        Gate gate = Gate.closed();
        try (TaskTown town = TaskTown.uncounted();
                Configured busy = Configured.by("""
                        server: { tasks: { batch-at-once: 3 } }
                        backends: { ollama: { type: ollama, base-url: "%s" } }
                        tasks: { roles: { all: { use: "ollama/%s" } }, otherwise: all }
                        """.formatted(town.ollama().uri(), REVIEWER))) {
            town.ollama().loadingFor(gate);
            Thread client = Thread.startVirtualThread(() -> {
                try {
                    busy.server()
                            .post(
                                    "/tasks/batch",
                                    "[{\"prompt\":\"1\"},{\"prompt\":\"2\"},{\"prompt\":\"3\"},{\"prompt\":\"4\"}]");
                } catch (Exception closed) {
                    Thread.currentThread().interrupt();
                }
            });
            until(() -> town.chats().size() == 3);
            assertThat(town.chats()).hasSize(3);
            gate.open();
            client.join();
            assertThat(town.chats()).hasSize(4);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}              | 400 | invalid_batch
            []              | 400 | invalid_batch
            [               | 400 | invalid_json
            [{}] x          | 400 | invalid_json
            [{},]           | 400 | invalid_json
            [{} {}]         | 400 | invalid_json
            [{'a':']        | 400 | invalid_json
            """)
    void a_batch_that_is_none_is_refused_and_the_connection_goes_on(String body, int status, String code)
            throws Exception {
        try (TaskTown town = TaskTown.open()) {
            HttpResponse<String> answer = town.post("/batch", body);

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(json(answer).at("/error/code").textValue()).isEqualTo(code);
            assertThat(town.post("/route", "{'prompt':'x'}").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_task_of_many_small_things_is_done_as_it_would_be_alone() throws Exception {
        try (TaskTown town = TaskTown.open()) {
            String more = "[],".repeat(600_000);

            JsonNode batch = json(town.post("/batch", "[{'prompt':'x','more':[%s[]]},{'prompt':'y'}]".formatted(more)));

            assertThat(batch.at("/results").findValuesAsText("http_status")).containsExactly("200", "200");
        }
    }

    @Test
    void a_task_of_a_batch_that_is_none_fails_alone() throws Exception {
        try (TaskTown town = TaskTown.open()) {
            JsonNode batch = json(
                    town.post(
                            "/batch",
                            "['x', 7, {'prompt':'y','stream':true}, {'prompt':}, {'prompt':'y','prompt':'y'}, {'prompt':'z'}]"));

            assertThat(batch.at("/results").findValuesAsText("http_status"))
                    .containsExactly("400", "400", "400", "400", "400", "200");
            assertThat(batch.at("/results").findValuesAsText("status"))
                    .containsExactly("error", "error", "error", "error", "error", "success");
            assertThat(batch.at("/results").findValuesAsText("code"))
                    .startsWith("invalid_task", "invalid_task", "invalid_stream");
        }
    }

    @Test
    void answers_of_a_batch_are_the_bytes_that_they_would_be_alone() throws Exception {
        String odd = "{ \"response\":\"\\u0041\", \"n\":1.50, \"n\":1e400 }";
        FakeRouting routing = FakeRouting.doing(request -> FakeAnswer.json(odd)).doingTasks();
        try (Served server = Served.of(routing)) {
            assertThat(server.post("/tasks/batch", "[{\"prompt\":\"1\"},7,{\"prompt\":\"2\"}]")
                            .body())
                    .startsWith("{\"total\":3,\"succeeded\":2,\"failed\":1,\"results\":[{\"index\":0,"
                            + "\"status\":\"success\",\"http_status\":200,\"result\":" + odd + "},{\"index\":1,")
                    .endsWith(",{\"index\":2,\"status\":\"success\",\"http_status\":200,\"result\":" + odd + "}]}");
        }
    }

    @Test
    void an_answer_that_is_no_JSON_or_too_long_beside_the_others_fails_alone() throws Exception {
        Map<String, String> answers =
                Map.of("1", "{\"response\":", "2", "{} {}", "3", "", "4", "[" + "1,".repeat(400) + "1]", "5", "{}");
        FakeRouting routing = FakeRouting.doing(request -> FakeAnswer.json(answers.get(prompt(request))))
                .doingTasks();
        IngressSettings small = IngressSettings.DEFAULT.withMaxBody(500);
        try (Served server = Served.of(Ingress.ofTasks(routing, small, TaskSettings.DEFAULT))) {
            String tasks = Stream.of("1", "2", "3", "4", "5")
                    .map("{\"prompt\":\"%s\"}"::formatted)
                    .collect(Collectors.joining(",", "[", "]"));
            JsonNode batch = json(server.post("/tasks/batch", tasks));
            assertThat(batch.at("/results").findValuesAsText("http_status"))
                    .containsExactly("502", "502", "502", "502", "200");
            assertThat(batch.at("/results/3/error").textValue()).contains("too long together");
        }
    }

    private static String prompt(RouteRequest request) {
        try (InputStream in = request.body().open()) {
            return new ObjectMapper().readTree(in).path("prompt").textValue();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void a_callers_key_goes_no_further_with_a_batch_either() throws Exception {
        try (TaskTown town = TaskTown.open();
                Configured keyed = Configured.by("""
                        callers: { alice: { key: sesame } }
                        backends: { ollama: { type: ollama, base-url: "%s", credentials: client } }
                        tasks: { roles: { all: { use: "ollama/%s" } }, otherwise: all }
                        """.formatted(town.ollama().uri(), REVIEWER))) {
            JsonNode batch =
                    json(keyed.server().post("/tasks/batch", "[{\"prompt\":\"x\"}]", "Authorization", "Bearer sesame"));

            assertThat(batch.path("succeeded").intValue()).isEqualTo(1);
            assertThat(town.chats()).hasSize(1);
            assertThat(town.ollama().server().requests())
                    .flatExtracting(ReceivedRequest::headers)
                    .noneMatch(header -> header.toString().contains("sesame"));
        }
    }

    @Test
    void a_client_that_leaves_ends_its_batch() throws Exception {
        Gate gate = Gate.closed();
        try (TaskTown town = TaskTown.uncounted()) {
            town.ollama().loadingFor(gate);
            WireClient client = town.server()
                    .connect()
                    .post("/tasks/batch", "[{\"prompt\":\"1\"},{\"prompt\":\"2\"},{\"prompt\":\"3\"}]");
            until(() -> town.chats().size() == 1);

            client.close();

            until(() -> json(town.server().get("/signalbox/traces"))
                    .findValuesAsText("outcome")
                    .contains("client-left"));
            gate.open();
            assertThat(town.post("/route", "{'prompt':'4'}").statusCode()).isEqualTo(200);
            assertThat(town.chats())
                    .extracting(chat -> chat.at("/messages/0/content").textValue())
                    .containsExactly("1", "4");
        }
    }

    @Test
    void a_batch_that_is_cut_at_the_end_is_told_so() throws Exception {
        Gate gate = Gate.closed();
        try (TaskTown town = TaskTown.uncounted();
                Configured ending = Configured.by("""
                        server: { grace: 0s }
                        backends: { ollama: { type: ollama, base-url: "%s" } }
                        tasks: { roles: { all: { use: "ollama/%s" } }, otherwise: all }
                        """.formatted(town.ollama().uri(), REVIEWER))) {
            town.ollama().loadingFor(gate);
            WireClient waiting = ending.server().connect().post("/tasks/batch", "[{\"prompt\":\"1\"}]");
            until(() -> town.chats().size() == 1);

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(ending::close);

            assertThat(waiting.rest()).startsWith("HTTP/1.1 503").contains("\"code\":\"stopping\"");
            assertThat(stopped).succeedsWithin(Duration.ofSeconds(30));
            gate.open();
        }
    }

    @Test
    void a_defect_of_this_server_leaves_nobody_at_work() throws Exception {
        AtomicInteger working = new AtomicInteger();
        CountDownLatch atWork = new CountDownLatch(2);
        FakeRouting routing = FakeRouting.doing(request -> {
                    if (working.incrementAndGet() == 3) {
                        atWork.await();
                        throw new StackOverflowError("on purpose");
                    }
                    atWork.countDown();
                    try {
                        return FakeRouting.awaitCancellation(request);
                    } finally {
                        working.addAndGet(-10);
                    }
                })
                .doingTasks();
        Ingress ingress = Ingress.ofTasks(routing, IngressSettings.DEFAULT, new TaskSettings("/tasks", 10, 3));
        try (Served server = Served.of(ingress)) {
            String tasks = "[{\"prompt\":\"1\"},{\"prompt\":\"2\"},{\"prompt\":\"3\"}]";
            assertThat(server.post("/tasks/batch", tasks).statusCode()).isEqualTo(500);
            assertThat(working).as("ended before the answer").hasValue(3 - 20);
        }
    }
}
