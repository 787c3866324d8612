package dev.signalbox.server;

import static dev.signalbox.server.TaskTown.ARCHITECT;
import static dev.signalbox.server.TaskTown.CODER;
import static dev.signalbox.server.TaskTown.REVIEWER;
import static dev.signalbox.server.TaskTown.json;
import static dev.signalbox.server.TaskTown.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.core.Configuration;
import dev.signalbox.server.cli.Signalbox;
import dev.signalbox.server.listen.ListeningReader;
import dev.signalbox.server.listen.ListeningReader.Overrides;
import dev.signalbox.server.listen.TaskPlace;
import dev.signalbox.spi.Problems;
import dev.signalbox.testkit.Answer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TaskDeskTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plan, design, architecture, requirements, strategy, general, whatever | Architect | qwen3-coder-next:q4_K_M
            code, implement, refactor, fix, feature, optimize                     | Coder     | qwen3-coder:32b
            review, test, qa, validate, debug, summary, REVIEW                    | Reviewer  | qwen3:14b
            """)
    void the_example_knows_who_does_what(String types, String agent, String model) throws Exception {
        try (TaskTown town = TaskTown.open()) {
            for (String type : types.split(", ")) {
                JsonNode answer = json(town.post("/route", "{'prompt':'x','task_type':'%s'}".formatted(type)));
                assertThat(answer.path("agent").textValue()).as(type).isEqualTo(agent);
                assertThat(answer.path("model").textValue()).as(type).isEqualTo(model);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "plan,critical,Architect",
        "design,critical,Architect",
        "architecture,critical,Architect",
        "requirements,critical,Coder",
        "strategy,critical,Coder",
        "general,critical,Coder",
        "sing,critical,Coder",
        "general,high,Architect",
        "review,critical,Reviewer",
        "fix,critical,Coder"
    })
    void the_example_knows_what_urgency_changes(String type, String urgency, String agent) throws Exception {
        try (TaskTown town = TaskTown.open()) {
            JsonNode answer = json(
                    town.post("/route", "{'prompt':'x','task_type':'%s','urgency':'%s'}".formatted(type, urgency)));
            assertThat(answer.path("agent").textValue()).isEqualTo(agent);
        }
    }

    @Test
    void the_example_is_as_it_should_be_and_has_a_port_of_its_own() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

        int code = Signalbox.line(out, out).execute("check", "--strict", "--config", TaskTown.EXAMPLE.toString());

        assertThat(code).as(() -> said.toString(StandardCharsets.UTF_8)).isZero();
        TaskPlace place = new ListeningReader(new Problems())
                .read(Configuration.read(TaskTown.EXAMPLE), Overrides.NONE)
                .tasks();
        assertThat(place.port()).contains(8000);
        assertThat(place.settings().prefix()).isEqualTo("/");
    }

    @Test
    void context_and_task_become_one_prompt() throws Exception {
        try (TaskTown town = TaskTown.open()) {
            town.post("/route", "{'prompt':'Fix it','context':'It breaks'}");
            town.post("/route", "{'prompt':'Fix it'}");

            assertThat(town.chats())
                    .extracting(chat -> chat.at("/messages/0/content").textValue())
                    .containsExactly("## 컨텍스트\nIt breaks\n\n## 작업\nFix it", "Fix it");
        }
    }

    @Test
    void an_answer_has_all_that_clients_look_for() throws Exception {
        try (TaskTown town = TaskTown.open()) {
            town.ollama().says(Answer.saying("Done."));
            HttpResponse<String> answer = town.post("/route", "{'prompt':'x','task_type':'fix'}");

            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.headers().firstValue("X-Signalbox-Target")).contains("ollama/" + CODER);
            JsonNode json = json(answer);
            assertThat(json.path("model").textValue()).isEqualTo(CODER);
            assertThat(json.path("agent").textValue()).isEqualTo("Coder");
            assertThat(json.path("response").textValue()).isEqualTo("Done.");
            assertThat(json.path("tokens_generated").intValue()).isEqualTo(1);
            assertThat(json.path("latency_ms").isIntegralNumber()).isTrue();
            assertThat(json.path("memory_used_gb").doubleValue()).isEqualTo(19.0);
            assertThat(json.path("timestamp").textValue()).startsWith("20").endsWith("Z");
        }
    }

    @ParameterizedTest
    @CsvSource({"/architect,Architect", "/roles/coder,Coder", "/coder,Coder", "/reviewer,Reviewer"})
    void a_role_is_asked_by_its_name(String path, String agent) throws Exception {
        try (TaskTown town = TaskTown.open()) {
            assertThat(json(town.post(path, "{'prompt':'x','task_type':'plan'}"))
                            .path("agent")
                            .textValue())
                    .isEqualTo(agent);
        }
    }

    @Test
    void says_which_roles_there_are_to_who_asks_another() throws Exception {
        try (TaskTown town = TaskTown.open()) {
            HttpResponse<String> answer = town.post("/roles/archtect", "{'prompt':'x'}");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(json(answer).at("/error/code").textValue()).isEqualTo("unknown_role");
            assertThat(json(answer).path("detail").textValue()).contains("architect");
            assertThat(town.get("/nowhere").statusCode()).isIn(404, 405);
            assertThat(json(town.get("/roles/x/y")).has("detail")).isTrue();
        }
    }

    @Test
    void tells_its_models_and_rules() throws Exception {
        try (TaskTown town = TaskTown.open()) {
            JsonNode models = json(town.get("/models"));

            assertThat(models.path("total").intValue()).isEqualTo(3);
            assertThat(models.path("models").findValuesAsText("model")).containsExactly(ARCHITECT, CODER, REVIEWER);
            assertThat(models.path("models").findValuesAsText("memory_gb")).containsExactly("52.0", "19.0", "9.0");
            assertThat(models.at("/models/0/name").textValue()).isEqualTo("Architect");
            assertThat(models.at("/models/0/type").textValue()).isEqualTo("ollama");
            assertThat(models.at("/models/2/description").textValue()).contains("sums up");
            assertThat(models.at("/routing_rules/task_types/qa").textValue()).isEqualTo("reviewer");
            assertThat(models.at("/routing_rules/task_types").size()).isEqualTo(17);
            assertThat(models.at("/routing_rules/otherwise").textValue()).isEqualTo("architect");
        }
    }

    @Test
    void memory_is_told_as_it_is_counted() throws Exception {
        try (TaskTown town = TaskTown.open()) {
            town.ollama().loaded(REVIEWER);
            until(() -> json(town.get("/memory")).path("percent_used").doubleValue() > 10);

            JsonNode memory = json(town.get("/memory"));
            for (JsonNode told : List.of(memory, memory.at("/hosts/0"))) {
                assertThat(told.path("total_gb").doubleValue()).isEqualTo(80.0);
                assertThat(told.path("used_gb").doubleValue()).isEqualTo(9.0);
                assertThat(told.path("available_gb").doubleValue())
                        .as("but for the reserve and the context")
                        .isEqualTo(63.75);
                assertThat(told.path("percent_used").doubleValue()).isEqualTo(20.3);
            }
            assertThat(memory.at("/hosts/0/models/0").textValue()).isEqualTo("ollama/" + REVIEWER);
            assertThat(json(town.get("/health")).at("/memory/available_gb").textValue())
                    .isEqualTo("63.75");
        }
    }

    @Test
    void memory_that_nobody_knows_is_null() throws Exception {
        try (TaskTown town = TaskTown.uncounted()) {
            town.ollama().loaded(REVIEWER);
            until(() -> town.get("/memory").body().contains(REVIEWER));

            JsonNode memory = json(town.get("/memory"));
            assertThat(memory.path("total_gb").isNull()).isTrue();
            assertThat(memory.path("available_gb").isNull()).isTrue();
            assertThat(memory.path("percent_used").isNull()).isTrue();
            assertThat(memory.path("used_gb").doubleValue()).isPositive();
            assertThat(memory.at("/hosts/0/models/0").textValue()).isEqualTo("ollama/" + REVIEWER);
        }
        try (Configured echo = Configured.by("""
                backends: { echo: { type: echo } }
                tasks: { roles: { all: { use: echo/demo } } }
                """)) {
            assertThat(json(echo.server().get("/tasks/memory")).path("used_gb").isNull())
                    .isTrue();
        }
    }

    @Test
    void there_is_nothing_of_it_without_a_table() throws Exception {
        try (Configured plain = Configured.by("backends: { echo: { type: echo } }\ndefault: echo/demo\n")) {
            assertThat(plain.server().post("/tasks/route", "{\"prompt\":\"x\"}").statusCode())
                    .isEqualTo(404);
            assertThat(plain.server().get("/tasks/health").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void it_has_a_port_of_its_own_if_it_is_given_one() throws Exception {
        try (Configured all = Configured.by("""
                server: { tasks: { port: 0 } }
                backends: { echo: { type: echo } }
                tasks: { roles: { all: { use: echo/demo } }, otherwise: all }
                """)) {
            assertThat(all.server().post("/tasks/route", "{\"prompt\":\"x\"}").statusCode())
                    .isEqualTo(404);
            for (String path : List.of("/route", "/all", "/roles/all")) {
                assertThat(alone(all, path).statusCode()).as(path).isEqualTo(200);
            }
            HttpResponse<String> chat = alone(all, "/v1/chat/completions");
            assertThat(chat.statusCode()).isEqualTo(404);
            assertThat(json(chat).has("detail")).isTrue();
        }
    }

    private static HttpResponse<String> alone(Configured all, String path) throws Exception {
        return all.server()
                .send(HttpRequest.newBuilder(all.server().tasks().resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"x\"}"))
                        .build());
    }

    @Test
    void keys_are_asked_for_here_too_but_not_for_health() throws Exception {
        try (TaskTown town = TaskTown.with("\ncallers: { alice: { key: sesame } }\n")) {
            HttpResponse<String> stranger = town.post("/route", "{'prompt':'x'}");
            assertThat(stranger.statusCode()).isEqualTo(401);
            assertThat(json(stranger).has("detail")).isTrue();
            assertThat(town.post("/route", "{'prompt':'x'}", "Authorization", "Bearer sesame")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(town.get("/health").statusCode()).isIn(200, 503);
        }
    }
}
