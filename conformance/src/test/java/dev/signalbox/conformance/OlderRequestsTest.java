package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testkit.ScriptedOpenAi;
import dev.signalbox.testkit.ScriptedVllm;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What clients send that no library of today does, or that only some servers have: it arrives as it was written. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OlderRequestsTest {

    private static ScriptedOpenAi gpu;
    private static ScriptedVllm ranker;
    private static Signalbox signalbox;

    @BeforeAll
    static void start() throws Exception {
        gpu = ScriptedOpenAi.start();
        ranker = ScriptedVllm.start().doing(ScriptedVllm.Task.POOLING);
        signalbox = Signalbox.configured("""
                backends:
                  gpu: { type: openai, preset: openai, base-url: "%s", models: [ test-model ] }
                  ranker: { type: vllm, base-url: "%s", models: [ test-model ] }
                aliases: { gpt-4: gpu/test-model }
                """, gpu.uri(), ranker.uri());
    }

    @AfterAll
    static void stop() {
        signalbox.close();
        gpu.close();
        ranker.close();
    }

    @Test
    void functions_of_before_there_were_tools() throws Exception {
        String asked = """
                {"model":"%s","functions":[{"name":"signal","parameters":{"type":"object"}}],"function_call":{"name":"signal"},
                "messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":null,"function_call":{"name":"signal",
                "arguments":"{}"}},{"role":"function","name":"signal","content":"green"}]}""";
        assertThat(post("/chat/completions", asked.formatted("gpt-4")).statusCode())
                .isEqualTo(200);
        assertThat(gpu.server().requests().getLast().text()).isEqualTo(asked.formatted("test-model"));
    }

    @Test
    void developers_and_limits_of_today_beside_a_wish_for_tokens() throws Exception {
        String asked = """
                {"model":"%s","stream":true,"stream_options":{"include_usage":true},"max_completion_tokens":64,
                "messages":[{"role":"developer","content":"Be brief."},{"role":"user","content":"Hi"}]}""";
        HttpResponse<String> answer = post("/chat/completions", asked.formatted("gpt-4"));
        assertThat(gpu.server().requests().getLast().text()).isEqualTo(asked.formatted("test-model"));
        assertThat(answer.body())
                .contains("\"choices\":[],\"usage\":{\"prompt_tokens\":26")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void documents_are_ranked_and_texts_compared_where_a_server_does_that() throws Exception {
        HttpResponse<String> ranked =
                post("/rerank", "{\"model\":\"ranker/test-model\",\"query\":\"q\",\"documents\":[\"a\",\"b\"]}");
        assertThat(ranked.body()).contains("\"relevance_score\":0.98");
        HttpResponse<String> scored =
                post("/score", "{\"model\":\"ranker/test-model\",\"text_1\":\"a\",\"text_2\":[\"b\",\"c\"]}");
        assertThat(scored.body()).contains("\"score\":0.5");
        assertThat(ranker.server().requests().getLast().text())
                .isEqualTo("{\"model\":\"test-model\",\"text_1\":\"a\",\"text_2\":[\"b\",\"c\"]}");
    }

    @Test
    void nobody_ranks_who_cannot() throws Exception {
        HttpResponse<String> refused = post("/rerank", "{\"model\":\"gpt-4\",\"query\":\"q\",\"documents\":[\"a\"]}");
        assertThat(refused.statusCode()).isEqualTo(501);
    }

    private static HttpResponse<String> post(String path, String json) throws Exception {
        return signalbox.post(path, json);
    }
}
