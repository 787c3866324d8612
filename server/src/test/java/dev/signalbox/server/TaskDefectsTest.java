package dev.signalbox.server;

import static dev.signalbox.server.TaskTown.ARCHITECT;
import static dev.signalbox.server.TaskTown.CODER;
import static dev.signalbox.server.TaskTown.REVIEWER;
import static dev.signalbox.server.TaskTown.json;
import static dev.signalbox.server.TaskTown.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.ReceivedRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The fifteen things that were wrong with the router of tasks that ours replaces, in their order. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TaskDefectsTest {

    private TaskTown town;

    @BeforeEach
    void open() throws Exception {
        town = TaskTown.open();
    }

    @AfterEach
    void close() {
        town.close();
    }

    private HttpResponse<String> route(String type) throws Exception {
        return town.post("/route", "{'prompt':'x','task_type':'%s'}".formatted(type));
    }

    @Test
    void nothing_is_asked_that_ollama_does_not_know() throws Exception {
        for (String type : List.of("plan", "fix", "review", "plan")) {
            assertThat(route(type).statusCode()).isEqualTo(200);
        }

        assertThat(asked())
                .as("models come and go by /api/generate")
                .isSubsetOf(
                        "POST /api/chat",
                        "POST /api/generate",
                        "GET /api/tags",
                        "GET /api/ps",
                        "GET /api/version",
                        "POST /api/show");
    }

    private Set<String> asked() {
        return town.ollama().server().requests().stream()
                .map(request -> request.method() + " " + request.path())
                .collect(Collectors.toSet());
    }

    @Test
    void temperature_and_length_stand_where_ollama_reads_them() throws Exception {
        town.post("/route", "{'prompt':'x','task_type':'fix','max_tokens':12,'temperature':0.2}");

        JsonNode chat = town.chats().getFirst();
        assertThat(chat.at("/options/num_predict").intValue()).isEqualTo(12);
        assertThat(chat.at("/options/temperature").doubleValue()).isEqualTo(0.2);
        assertThat(chat.has("num_predict") || chat.has("temperature") || chat.has("max_tokens"))
                .isFalse();
    }

    @Test
    void a_change_of_models_succeeds_whatever_was_loaded_before_it() throws Exception {
        town.ollama().loaded(ARCHITECT);

        for (String type : List.of("fix", "plan", "review", "plan")) {
            assertThat(route(type).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void what_is_loaded_is_what_the_server_says_and_not_what_was_once_remembered() throws Exception {
        town.ollama().loaded(REVIEWER); // by somebody else

        until(() -> town.get("/memory").body().contains(REVIEWER));
        assertThat(json(town.get("/memory")).at("/used_gb").doubleValue()).isPositive();
    }

    @Test
    void a_model_that_is_resident_needs_no_more_memory() throws Exception {
        town.ollama().loaded(CODER);

        assertThat(route("fix").statusCode()).isEqualTo(200);
        assertThat(town.ollama().resident()).containsExactly(CODER);
    }

    @Test
    void a_failure_keeps_its_status() throws Exception {
        town.ollama().failsToLoad("model requires more system memory (19.0 GiB) than is available (9.0 GiB)");
        HttpResponse<String> tooLarge = route("fix");
        assertThat(tooLarge.statusCode()).isEqualTo(507);
        assertThat(json(tooLarge).at("/error/code").textValue()).isEqualTo("insufficient_memory");
        assertThat(json(tooLarge).path("detail").textValue()).contains("19.0 GiB");
    }

    @Test
    void a_server_that_is_full_is_told_as_such() throws Exception {
        town.ollama().full();
        assertThat(route("review").statusCode()).isEqualTo(503);
        assertThat(route("review").headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void health_is_503_when_it_is_ill() throws Exception {
        until(() -> town.get("/health").statusCode() == 200);
        assertThat(json(town.get("/health")).path("status").textValue()).isEqualTo("healthy");

        town.ollama().server().stopListening();
        town.ollama().server().closeConnections();

        until(() -> town.get("/health").statusCode() == 503);
        JsonNode ill = json(town.get("/health"));
        assertThat(ill.path("status").textValue()).isEqualTo("unhealthy");
        assertThat(ill.path("ollama").textValue()).isEqualTo("disconnected");
        assertThat(ill.at("/roles/architect").booleanValue()).isFalse();
        assertThat(town.server().get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void two_tasks_at_once_do_not_race_for_the_memory() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String type = List.of("plan", "fix", "review").get(i % 3);
                answers.add(clients.submit(() -> route(type)));
            }
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
        }
        assertThat(town.ollama().companies())
                .as("the architect is alone, the others may be together")
                .anyMatch(models -> models.contains(ARCHITECT))
                .noneMatch(models -> models.contains(ARCHITECT) && models.size() > 1);
    }

    @Test
    void who_is_asked_by_role_answers_however_urgent_it_is_and_all_the_rest_is_one_table() throws Exception {
        assertThat(json(town.post("/architect", "{'prompt':'x','urgency':'critical'}"))
                        .path("agent")
                        .textValue())
                .isEqualTo("Architect");
        JsonNode flipped = json(town.post("/route", "{'prompt':'x','urgency':'critical'}"));
        assertThat(flipped.path("agent").textValue()).isEqualTo("Coder");
        assertThat(json(town.get("/models")).at("/routing_rules/urgency/0").toString())
                .isEqualTo(
                        "{\"is\":\"critical\",\"role\":[\"architect\"],\"except\":[\"architecture\",\"design\",\"plan\"],"
                                + "\"use\":\"coder\"}");
        JsonNode why = json(
                town.server().post("/signalbox/explain?dialect=task", "{\"prompt\":\"x\",\"urgency\":\"critical\"}"));
        assertThat(why.path("chosen_by").textValue()).isEqualTo("task \"general\", urgency critical: role coder");
    }

    @Test
    void every_number_is_bounded_and_so_is_a_batch() throws Exception {
        assertThat(town.post("/route", "{'prompt':'x','max_tokens':999999999}").statusCode())
                .isEqualTo(400);
        assertThat(town.post("/route", "{'prompt':'x','max_tokens':-5}").statusCode())
                .isEqualTo(400);
        assertThat(town.post("/route", "{'prompt':'x','temperature':9}").statusCode())
                .isEqualTo(400);
        String many = Stream.generate(() -> "{'prompt':'x'}").limit(21).collect(Collectors.joining(",", "[", "]"));
        assertThat(town.post("/batch", many).statusCode()).isEqualTo(413);
        assertThat(town.chats()).isEmpty();
    }

    @Test
    void the_context_is_what_the_server_says_and_a_prompt_that_does_not_fit_is_told() throws Exception {
        town.ollama().loaded(ARCHITECT); // with another context than the model could have
        until(() -> json(town.get("/models")).at("/models/0/context_length").intValue() == 4096);

        HttpResponse<String> refused =
                town.post("/route", "{'type':'plan','prompt':'%s'}".formatted("plan the harbour ".repeat(2_000)));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).at("/error/code").textValue()).isEqualTo("context_length_exceeded");
        assertThat(json(refused).at("/error/context_tokens").textValue()).isEqualTo("4096");
        assertThat(town.chats()).isEmpty();

        town.ollama().nestedJsonError("the request exceeds the available context size (4096 tokens)");
        HttpResponse<String> tooLong = route("plan");
        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(json(tooLong).at("/error/code").textValue()).isEqualTo("context_length_exceeded");
    }

    @Test
    void answers_stream_tools_are_called_and_errors_are_ours() throws Exception {
        town.ollama().says(Answer.saying("a", "b"));
        HttpResponse<String> stream = town.post("/coder", "{'prompt':'x','stream':true}");
        assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream; charset=utf-8");
        assertThat(stream.body())
                .contains("data: {\"response\":\"a\"}\n\n")
                .contains("data: {\"response\":\"b\"}\n\n")
                .contains("\"done\":true");

        town.ollama().says(Answer.saying().calling("grep", "{\"for\":\"x\"}"));
        JsonNode called = json(town.post(
                "/coder", "{'prompt':'x','tools':[{'type':'function','function':{'name':'grep','parameters':{}}}]}"));
        assertThat(called.at("/tool_calls/0/function/name").textValue()).isEqualTo("grep");

        town.ollama().refuses(500, "boom");
        JsonNode failed = json(town.post("/coder", "{'prompt':'x'}"));
        assertThat(failed.has("response")).isFalse();
        assertThat(failed.path("detail").textValue()).contains("boom").doesNotContain("{");
    }

    @Test
    void no_file_is_written_where_somebody_fixed_its_path() throws Exception {
        Set<Path> before = logs();
        route("fix");
        assertThat(logs()).isEqualTo(before);
    }

    private static Set<Path> logs() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.toString().endsWith(".log")).collect(Collectors.toSet());
        }
    }

    @Test
    void connections_are_kept() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(route("fix").statusCode()).isEqualTo(200);
        }

        Set<Integer> connections = town.ollama().server().requests().stream()
                .filter(request -> request.path().equals("/api/chat"))
                .map(ReceivedRequest::connection)
                .collect(Collectors.toSet());
        assertThat(connections).hasSizeLessThan(5);
    }

    @Test
    void a_batch_tells_each_status_and_does_not_thrash() throws Exception {
        HttpResponse<String> answer = town.post(
                "/batch?group-by-model=true",
                "[{'prompt':'1','task_type':'plan'},{'prompt':'2','task_type':'fix'},{'prompt':'','task_type':'fix'},"
                        + "{'prompt':'4','task_type':'plan'},{'prompt':'5','task_type':'fix'}]");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode batch = json(answer);
        assertThat(batch.path("total").intValue()).isEqualTo(5);
        assertThat(batch.path("succeeded").intValue()).isEqualTo(4);
        assertThat(batch.path("failed").intValue()).isEqualTo(1);
        assertThat(batch.at("/results").findValuesAsText("index")).containsExactly("0", "1", "2", "3", "4");
        assertThat(batch.at("/results").findValuesAsText("http_status"))
                .containsExactly("200", "200", "400", "200", "200");
        assertThat(batch.at("/results/2/error").textValue()).contains("prompt");
        assertThat(batch.at("/results/3/result/model").textValue()).isEqualTo(ARCHITECT);
        assertThat(town.chats())
                .extracting(chat -> chat.path("model").textValue())
                .containsExactly(ARCHITECT, ARCHITECT, CODER, CODER);
    }
}
