package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Budgets over real sockets, kept in a file that outlives the server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BudgetsTest {

    private static final String TOKENS = "\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":50}";
    private static final String CONTENT =
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"},\"finish_reason\":null}]}";
    private static final String FINISH = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    private static final String USAGE = "{\"choices\":[],%s}".formatted(TOKENS);
    private static final String DONE = "[DONE]";
    private static final String WHOLE =
            "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},\"finish_reason\":\"stop\"}],%s}"
                    .formatted(TOKENS);

    @TempDir
    private Path folder;

    private ScriptedServer server;

    @BeforeEach
    void start() {
        server = ScriptedServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Configured configured(String budget) throws Exception {
        return Configured.by("""
                state-dir: "%s"
                backends:
                  cloud: { type: openai, base-url: "%s/v1", models: [ m ] }
                  free: { type: echo, offers: [ demo ] }
                guards:
                  budget:
                    prices: { "cloud/*": { input: 3, output: 15 } }
                    answer-tokens: 100
                    budgets: [ %s ]
                profiles:
                  coding: { chain: [ cloud/m ] }
                  falling: { chain: [ cloud/m, free/demo ], spill: false }
                """.formatted(folder.resolve("state"), server.uri(), budget));
    }

    private static String report(Configured all) throws Exception {
        return all.server().get("/signalbox/reports/usage").body();
    }

    @Test
    void the_tokens_of_a_stream_are_asked_for_and_taken_out_again() throws Exception {
        server.on("/v1/chat/completions", Reply.events(CONTENT, FINISH, USAGE, DONE));
        try (Configured all = configured("{ money: 1 }")) {
            HttpResponse<String> answer = all.stream("coding", "hello");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains(CONTENT, FINISH, DONE).doesNotContain("usage", "prompt_tokens");
            assertThat(server.requests().getLast().text()).contains("\"stream_options\":{\"include_usage\":true}");
            assertThat(report(all)).contains("\"cost\":\"0.00105\"", "\"spent\":\"0.00105\"", "\"reported\":1");
        }
    }

    @Test
    void a_server_that_tells_no_tokens_is_charged_all_the_same() throws Exception {
        server.on("/v1/chat/completions", Reply.events(CONTENT, FINISH, DONE));
        try (Configured all = configured("{ tokens: 100000 }")) {
            assertThat(all.stream("coding", "hello").statusCode()).isEqualTo(200);

            assertThat(report(all)).contains("\"estimated\":1", "\"reported\":0");
            assertThat(report(all)).doesNotContain("\"output_tokens\":0");
        }
    }

    @Test
    void over_the_callers_own_budget_it_is_429_and_over_another_503() throws Exception {
        server.on("/v1/chat/completions", Reply.json(200, WHOLE));
        for (Map.Entry<String, Integer> each : Map.of(
                        "{ caller: \"*\", tokens: 250, per: day }", 429, "{ tokens: 250 }", 503)
                .entrySet()) {
            try (Configured all = configured(each.getKey())) {
                assertThat(all.chat("coding", "hello").statusCode()).isEqualTo(200);
                HttpResponse<String> refused = all.chat("coding", "hello");

                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(each.getValue());
                assertThat(refused.body()).contains(each.getValue() == 429 ? "insufficient_quota" : "budget_spent");
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            }
        }
    }

    @Test
    void a_chain_goes_on_where_a_budget_is_spent() throws Exception {
        server.on("/v1/chat/completions", Reply.json(200, WHOLE));
        try (Configured all = configured("{ backend: cloud, money: 0.002 }")) {
            assertThat(all.chat("falling", "hello").headers().firstValue("X-Signalbox-Target"))
                    .contains("cloud/m");
            assertThat(all.chat("falling", "hello").headers().firstValue("X-Signalbox-Target"))
                    .contains("free/demo");
        }
    }

    @Test
    void a_server_that_is_started_again_has_not_forgotten() throws Exception {
        server.on("/v1/chat/completions", Reply.json(200, WHOLE));
        try (Configured all = configured("{ tokens: 250 }")) {
            assertThat(all.chat("coding", "hello").statusCode()).isEqualTo(200);
        }
        try (Configured all = configured("{ tokens: 250 }")) {
            assertThat(all.chat("coding", "hello").statusCode()).isEqualTo(503);
            assertThat(report(all)).contains("\"input_tokens\":100", "\"spent\":150");
        }
    }

    @Test
    void without_a_budget_nothing_is_kept_anywhere() throws Exception {
        try (Configured all = Configured.by("""
                state-dir: "%s"
                backends: { free: { type: echo } }
                default: free/demo
                """.formatted(folder.resolve("state")))) {
            assertThat(all.chat("auto", "hello").statusCode()).isEqualTo(200);
        }
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void a_ledger_in_memory_writes_nothing() throws Exception {
        server.on("/v1/chat/completions", Reply.json(200, WHOLE));
        try (Configured all = Configured.by("""
                state-dir: "%s"
                ledger: memory
                backends: { cloud: { type: openai, base-url: "%s/v1", models: [ m ] } }
                guards: { budget: { budgets: [ { tokens: 10000 } ] } }
                profiles: { coding: { chain: [ cloud/m ] } }
                """.formatted(folder.resolve("state"), server.uri()))) {
            assertThat(all.chat("coding", "hello").statusCode()).isEqualTo(200);
            assertThat(report(all)).contains("\"spent\":150");
        }
        assertThat(folder.resolve("state")).doesNotExist();
    }
}
