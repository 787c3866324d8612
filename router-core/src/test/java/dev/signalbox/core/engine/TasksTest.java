package dev.signalbox.core.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.Body;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.Exhausted;
import dev.signalbox.api.FailureKind;
import dev.signalbox.api.RouteRequest;
import dev.signalbox.api.RouteTrace;
import dev.signalbox.api.RoutedResponse;
import dev.signalbox.api.Target;
import dev.signalbox.api.TaskTable;
import dev.signalbox.api.TaskTable.Role;
import dev.signalbox.api.TaskTable.Urgency;
import dev.signalbox.api.Unroutable;
import dev.signalbox.core.ErrorReply;
import dev.signalbox.core.config.TaskTemplate;
import dev.signalbox.core.config.Tasks;
import dev.signalbox.core.config.Use;
import dev.signalbox.spi.Ruling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TasksTest extends EngineFixture {

    @BeforeEach
    void layOut() {
        for (String name : List.of("big", "mid", "small", "rest")) {
            layout.backend(name, "m");
            backends.on(name, Chat.says("by " + name));
        }
        layout.profile("coding", "mid/m", "small/m").defaultTo("rest/m");
        layout.tasks(tasks(Optional.of("architect")));
        backends.dialects = Set.of(Dialect.OPENAI_CHAT);
    }

    private static Tasks tasks(Optional<String> otherwise) {
        SequencedMap<String, String> types = new LinkedHashMap<>();
        types.put("plan", "architect");
        types.put("fix", "coder");
        TaskTable table = new TaskTable(
                List.of(new Role("architect", "Architect", ""), new Role("coder", "Coder", "")),
                types,
                otherwise,
                List.of(new Urgency("critical", Set.of("architect"), Set.of("plan"), "coder")));
        return new Tasks(
                table,
                Map.of("architect", new Use.ToTarget(Target.of("big/m")), "coder", new Use.ToProfile("coding")),
                Map.of("architect", "Think first."),
                new TaskTemplate("C: {context} T: {prompt}"),
                OptionalLong.of(4096),
                8192,
                Optional.of("0.7"));
    }

    private static RouteRequest task(String json) {
        return RouteRequest.of(Dialect.TASK, Body.of(json.replace('\'', '"')));
    }

    private Target answering(RouteRequest request) throws InterruptedException {
        try (RoutedResponse response = ask(request)) {
            return response.target();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "plan,     normal,   big/m",
        "PLAN,     critical, big/m",
        "fix,      normal,   mid/m",
        "fix,      critical, mid/m",
        "general,  normal,   big/m",
        "general,  high,     big/m",
        "general,  critical, mid/m",
        "whatever, CRITICAL, mid/m",
    })
    void goes_to_the_role_of_its_type_unless_its_urgency_says_otherwise(String type, String urgency, String target)
            throws Exception {
        assertThat(answering(task("{'prompt':'x','task_type':'%s','urgency':'%s'}".formatted(type, urgency))))
                .hasToString(target);
    }

    @Test
    void the_trace_says_why() throws Exception {
        RouteTrace trace = engine().explain(task("{'prompt':'x','urgency':'critical'}"));

        assertThat(trace.chosenBy()).isEqualTo("task \"general\", urgency critical: role coder");
        assertThat(trace.profile()).isEqualTo("coding");
        assertThat(trace.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.name()).isEqualTo("tasks.urgency[1]");
            assertThat(rule.held()).isTrue();
            assertThat(rule.why()).isEqualTo("urgency: critical (seen: critical), task: general, role: architect");
        });
        assertThat(trace.chain().getFirst().edits())
                .contains("insert /agent", "insert /max_tokens", "translate to openai.chat", "insert /model");
    }

    @Test
    void a_role_that_is_named_keeps_the_task_however_urgent_it_is() throws Exception {
        assertThat(answering(task("{'prompt':'x','role':'architect','urgency':'critical'}")))
                .hasToString("big/m");
        assertThat(answering(task("{'prompt':'x','task_type':'plan'}").withHeader("X-Signalbox-Role", "coder")))
                .hasToString("mid/m");
    }

    @Test
    void a_model_that_is_named_is_asked() throws Exception {
        assertThat(answering(task("{'prompt':'x','task_type':'fix','model':'small/m'}")))
                .hasToString("small/m");
    }

    @Test
    void a_type_that_is_nobodys_goes_where_all_else_goes() throws Exception {
        layout.tasks(tasks(Optional.empty()));

        assertThat(answering(task("{'prompt':'x','task_type':'sing'}"))).hasToString("rest/m");
        assertThat(answering(task("{'prompt':'x','task_type':'fix'}"))).hasToString("mid/m");
    }

    @Test
    void what_the_task_does_not_say_is_said_for_it_and_its_context_is_put_into_words() throws Exception {
        bytes(task("{'prompt':'Plan it','context':'A house','task_type':'plan'}"));

        assertThat(backends.body("big").replace('"', '\''))
                .isEqualTo("{'messages':[{'role':'system','content':'Think first.'},"
                        + "{'role':'user','content':'C: A house T: Plan it'}],"
                        + "'max_tokens':4096,'temperature':0.7,'model':'m'}");
    }

    @Test
    void what_the_task_says_holds() throws Exception {
        bytes(task("{'prompt':'x','task_type':'fix','max_tokens':10,'temperature':0}"));

        assertThat(backends.body("mid")).contains("\"max_tokens\":10").contains("\"temperature\":0,");
    }

    @Test
    void a_null_is_nothing_said() throws Exception {
        bytes(task("{'prompt':'x','task_type':'fix','max_tokens':null,'context':null}"));

        assertThat(backends.body("mid")).contains("\"max_tokens\":4096").contains("\"content\":\"x\"");
    }

    @Test
    void answers_as_a_task() throws Exception {
        String answer = bytes(task("{'prompt':'x','task_type':'fix'}"));

        assertThat(answer.replace('"', '\''))
                .startsWith("{'model':'m','agent':'Coder','role':'coder','response':'by mid',")
                .contains("'tokens_generated':5,'prompt_tokens':3,");
    }

    @Test
    void streams_as_a_task() throws Exception {
        backends.on(
                "mid",
                call -> Tape.sse(Chat.ROLE + Chat.text("a") + Chat.text("b") + Chat.FINISH + Chat.USAGE + Chat.DONE));

        try (RoutedResponse response = ask(task("{'prompt':'x','task_type':'fix','stream':true}"))) {
            assertThat(response.headers().first("Content-Type")).contains("text/event-stream; charset=utf-8");
            assertThat(read(response).replace('"', '\''))
                    .startsWith("data: {'response':'a'}\n\ndata: {'response':'b'}\n\n"
                            + "data: {'model':'m','agent':'Coder','role':'coder','finish_reason':'stop',"
                            + "'tokens_generated':5,'prompt_tokens':3,")
                    .endsWith("'done':true}\n\n");
            assertThat(response.usage().orElseThrow().output()).isEqualTo(5);
        }
    }

    @Test
    void a_stream_is_read_in_frames_and_as_text() throws Exception {
        try (RoutedResponse response = ask(task("{'prompt':'x','task_type':'fix','stream':true}"))) {
            assertThat(response.text()).isEqualTo("by mid");
        }
        try (RoutedResponse response = ask(task("{'prompt':'x','task_type':'fix'}"))) {
            assertThat(response.text()).isEqualTo("by mid");
        }
    }

    @Test
    void ollamas_lines_become_events() throws Exception {
        backends.dialects = Set.of(Dialect.OLLAMA_CHAT, Dialect.OPENAI_CHAT);
        backends.on(
                "mid",
                call -> Tape.of(
                        "application/x-ndjson",
                        "{\"message\":{\"content\":\"Hi\"},\"done\":false}\n"
                                + "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"eval_count\":2}\n"));

        try (RoutedResponse response = ask(task("{'prompt':'x','task_type':'fix','stream':true}"))) {
            assertThat(response.headers().first("Content-Type")).contains("text/event-stream; charset=utf-8");
            assertThat(response.text()).isEqualTo("Hi");
        }
        assertThat(backends.body("mid")).contains("\"options\":{\"num_predict\":4096,\"temperature\":0.7}");
    }

    @Test
    void a_stream_that_breaks_off_says_so_and_has_no_end() throws Exception {
        backends.on("mid", call -> Tape.sse(Chat.ROLE + Chat.text("a")));

        assertThat(bytes(task("{'prompt':'x','task_type':'fix','stream':true}")).replace('"', '\''))
                .startsWith("data: {'response':'a'}\n\ndata: {'detail':'")
                .contains("'code':'upstream_broken_reply'")
                .doesNotContain("done");
    }

    @Test
    void falls_back_like_any_other_request() throws Exception {
        backends.fails("mid", FailureKind.OVERLOADED);

        assertThat(answering(task("{'prompt':'x','task_type':'fix'}"))).hasToString("small/m");
    }

    @Test
    void a_200_with_an_error_inside_or_without_an_answer_is_a_failure() throws Exception {
        backends.on("big", call -> Tape.json("{\"error\":\"model exploded\"}"));
        assertThat(refused(Exhausted.class, task("{'prompt':'x'}")).problem().status())
                .isBetween(500, 504);

        backends.on("mid", call -> Tape.json("{\"done\":true}"));
        assertThat(answering(task("{'prompt':'x','task_type':'fix'}"))).hasToString("small/m");
    }

    @Test
    void guards_see_the_task_and_change_it_in_its_own_words() throws Exception {
        FakeGuard guard = guard("polite");
        guard.screens = screening -> {
            assertThat(screening.request().lastUserText()).isEqualTo("A house\nPlan it");
            return Ruling.edit(screening.request().appendInstruction("Be polite."));
        };
        layout.guard("polite", "");

        bytes(task("{'prompt':'Plan it','context':'A house','task_type':'plan'}"));

        assertThat(backends.body("big")).contains("\"content\":\"Think first.\\n\\nBe polite.\"");
    }

    @Test
    void what_the_backends_dialect_has_no_words_for_is_told_as_lost() throws Exception {
        try (RoutedResponse response = ask(task("{'prompt':'x','task_type':'fix','mood':'good'}"))) {
            assertThat(response.headers().first("X-Signalbox-Dropped")).contains("mood");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'prompt':'x','role':'coda'}       | unknown_role       | coder
            {'prompt':'x','urgency':'critcal'} | unknown_urgency    | critical
            {'prompt':'x','max_tokens':8193}   | invalid_max_tokens | 8192
            """)
    void refuses_what_the_table_does_not_know(String json, String code, String near) throws Exception {
        Unroutable refused = refused(Unroutable.class, task(json));

        assertThat(refused.problem().status()).isEqualTo(400);
        assertThat(refused.problem().code()).isEqualTo(code);
        assertThat(refused.problem().message()).contains(near);
    }

    @Test
    void refuses_two_roles_at_once() throws Exception {
        RouteRequest both = task("{'prompt':'x','role':'coder'}").withHeader("X-Signalbox-Role", "architect");

        assertThat(refused(Unroutable.class, both).problem().code()).isEqualTo("contradicting_roles");
    }

    @Test
    void a_server_that_speaks_nothing_like_it_is_not_asked() throws Exception {
        backends.dialects = Set.of(Dialect.OPENAI_EMBEDDINGS);

        assertThat(refused(Unroutable.class, task("{'prompt':'x'}")).problem().status())
                .isEqualTo(501);
    }

    @Test
    void needs_no_table_to_be_understood() throws Exception {
        EngineFixture plain = new EngineFixture() {};
        plain.layout.backend("rest", "m").defaultTo("rest/m");
        plain.backends.on("rest", Chat.says("Hi"));
        plain.backends.dialects = Set.of(Dialect.OPENAI_CHAT);
        try {
            assertThat(plain.bytes(task("{'prompt':'Fix','context':'Broken'}"))).contains("\"agent\":null");
            assertThat(plain.backends.body("rest")).contains("\"content\":\"Broken\\n\\nFix\"");
        } finally {
            plain.closeTheEngine();
        }
    }

    @Test
    void is_told_its_errors_in_its_own_shape() throws Exception {
        Unroutable refused = refused(Unroutable.class, task("{'prompt':''}"));

        assertThat(new String(ErrorReply.of(Dialect.TASK, refused).body(), UTF_8).replace('"', '\''))
                .startsWith("{'detail':'prompt: it is missing or empty")
                .contains("'error':{'code':'invalid_prompt','status':400,'param':'prompt'}");
    }
}
