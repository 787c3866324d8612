package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.core.http.HttpResponseFor;
import com.openai.models.chat.completions.ChatCompletion;
import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.Reply;
import dev.signalbox.testkit.ScriptedOllama;
import dev.signalbox.testkit.ScriptedOpenAi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chain of two, seen by its clients: what the first one's mishaps come to. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChainTest {

    private static ScriptedOpenAi gpu;
    private static ScriptedOllama laptop;
    private static Signalbox signalbox;

    @BeforeAll
    static void start() throws Exception {
        gpu = ScriptedOpenAi.start();
        laptop = ScriptedOllama.start();
        laptop.says(Answer.saying("From", " the", " laptop", "."));
        signalbox = Signalbox.configured("""
                guards: { health: { action: off }, memory: { action: off } } # each mishap is seen by itself
                backends:
                  gpu: { type: openai, base-url: "%s", models: [ test-model ] }
                  laptop: { type: ollama, base-url: "%s", models: [ "qwen3:8b" ] }
                profiles:
                  coding: { chain: [ gpu/test-model, "laptop/qwen3:8b" ] }
                """, gpu.uri(), laptop.uri());
    }

    @AfterAll
    static void stop() {
        signalbox.close();
        gpu.close();
        laptop.close();
    }

    @AfterEach
    void repair() {
        gpu.recovers();
        laptop.recovers();
    }

    @Test
    void the_first_one_answers_if_it_can() throws Exception {
        Asked asked = Asked.of(laptop);
        HttpResponse<String> answer = ask(true);
        assertThat(told(answer, "X-Signalbox-Target")).containsExactly("gpu/test-model");
        assertThat(told(answer, "X-Signalbox-Steps")).containsExactly("gpu/test-model=answered");
        assertThat(asked.times()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_second_one_answers_if_the_first_refuses_connections(boolean streamed) throws Exception {
        gpu.server().stopListening();
        gpu.server().closeConnections();
        try {
            answersInsteadAfter("unreachable", ask(streamed));
        } finally {
            gpu.server().listenAgain();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_second_one_answers_if_the_first_hangs_up(boolean streamed) throws Exception {
        gpu.sends(good -> Reply.reset());
        answersInsteadAfter("unreachable", ask(streamed));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_second_one_answers_if_the_first_is_full(boolean streamed) throws Exception {
        gpu.refuses(429, "Slow down.");
        answersInsteadAfter("overloaded", ask(streamed));
    }

    @Test
    void the_second_one_answers_if_the_first_dies_before_its_first_word() throws Exception {
        gpu.sends(good -> Reply.events(Chunks.ROLE).thenTruncates());
        answersInsteadAfter("broken-reply", ask(true));
    }

    @Test
    void the_second_one_answers_if_the_first_tells_an_error_before_its_first_word() throws Exception {
        gpu.breaksAfter(1, "CUDA out of memory.");
        answersInsteadAfter("out-of-memory", ask(true));
    }

    @Test
    void the_second_one_answers_if_a_whole_answer_is_cut() throws Exception {
        gpu.sends(Reply::thenTruncates);
        answersInsteadAfter("broken-reply", ask(false));
    }

    @Test
    void a_stream_that_breaks_after_its_first_word_is_told_and_nobody_else_is_asked() throws Exception {
        gpu.sends(good -> Chunks.begun().thenTruncates());
        Asked asked = Asked.of(laptop);
        HttpResponse<InputStream> answer = signalbox.open("/chat/completions", chat(true));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(told(answer, "X-Signalbox-Target")).containsExactly("gpu/test-model");
        assertThat(untilCut(answer.body()))
                .contains(Chunks.WORD)
                .contains("data: {\"error\":{")
                .doesNotContain("[DONE]")
                .doesNotContain("laptop");
        assertThat(asked.times()).isZero();
    }

    @Test
    void a_request_that_no_server_would_take_goes_no_further() throws Exception {
        gpu.refuses(400, "The temperature is too high.");
        Asked asked = Asked.of(laptop);
        HttpResponse<String> answer = ask(false);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(told(answer, "X-Signalbox-Steps")).containsExactly("gpu/test-model=rejected");
        assertThat(told(answer, "x-should-retry")).containsExactly("false");
        assertThat(asked.times()).isZero();
    }

    @Test
    void the_official_client_can_tell_who_answered() {
        gpu.refuses(429, "Slow down.");
        OpenAIClient client = OpenAi.client(signalbox, new Naps());
        try (HttpResponseFor<ChatCompletion> answer =
                client.withRawResponse().chat().completions().create(OpenAi.asking("coding"))) {
            assertThat(OpenAi.text(answer.parse())).isEqualTo("From the laptop.");
            assertThat(answer.headers().values("X-Signalbox-Target")).containsExactly("laptop/qwen3:8b");
            assertThat(answer.requestId()).isPresent();
        } finally {
            client.close();
        }
    }

    @Test
    void a_client_that_wants_no_fallback_gets_none() throws Exception {
        gpu.refuses(429, "Slow down.");
        Asked asked = Asked.of(laptop);
        HttpResponse<String> answer = ask(false, "X-Signalbox-Fallback", "off");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(told(answer, "X-Signalbox-Steps")).containsExactly("gpu/test-model=overloaded");
        assertThat(asked.times()).isZero();
    }

    @Test
    void if_both_fail_every_reason_is_told() throws Exception {
        gpu.refuses(500, "The engine stumbled.");
        laptop.full();
        HttpResponse<String> answer = ask(true);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(told(answer, "X-Signalbox-Steps"))
                .containsExactly("gpu/test-model=server-error, laptop/qwen3:8b=overloaded");
        assertThat(told(answer, "Retry-After")).hasSize(1);
        assertThat(answer.body()).contains("The engine stumbled.").contains("server busy");
    }

    private static HttpResponse<String> ask(boolean streamed, String... headers) throws Exception {
        return signalbox.post("/chat/completions", chat(streamed), headers);
    }

    private static String chat(boolean streamed) {
        return "{\"model\":\"coding\",\"stream\":%b,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
                .formatted(streamed);
    }

    /** All of an answer that does not come to its end. */
    private static String untilCut(InputStream body) {
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        assertThatThrownBy(() -> body.transferTo(came)).isInstanceOf(IOException.class);
        return came.toString(StandardCharsets.UTF_8);
    }

    private static void answersInsteadAfter(String what, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(told(answer, "X-Signalbox-Target")).containsExactly("laptop/qwen3:8b");
        assertThat(told(answer, "X-Signalbox-Steps"))
                .containsExactly("gpu/test-model=%s, laptop/qwen3:8b=answered".formatted(what));
        assertThat(answer.body()).contains("laptop").doesNotContain("error");
    }

    private static List<String> told(HttpResponse<?> answer, String header) {
        return answer.headers().allValues(header);
    }
}
