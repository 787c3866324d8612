package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.core.http.HttpResponseFor;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.FunctionDefinition;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.signalbox.testkit.ScriptedOpenAi;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** {@code may-drop}: what a target cannot do is taken out of the request if the operator says so, and the client is told. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiMayDropTest {

    private static ScriptedOpenAi small;
    private static ScriptedOpenAi large;
    private static Signalbox signalbox;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        small = ScriptedOpenAi.start();
        large = ScriptedOpenAi.start();
        signalbox = Signalbox.configured("""
                backends:
                  small:
                    type: openai
                    base-url: "%s"
                    models: { test-model: { capabilities: { tools: no, reasoning: no } } }
                  large: { type: openai, base-url: "%s", models: [ test-model ] }
                profiles:
                  strict: { chain: [ small/test-model ] }
                  alone: { chain: [ small/test-model ], may-drop: [ tools ] }
                  lenient: { chain: [ small/test-model, large/test-model ], may-drop: [ tools ] }
                """, small.uri(), large.uri());
        client = OpenAi.client(signalbox, new Naps());
    }

    @AfterAll
    static void stop() {
        client.close();
        signalbox.close();
        small.close();
        large.close();
    }

    private static ChatCompletionCreateParams.Builder offeringTool(String model) {
        return OpenAi.asking(model).toBuilder()
                .addFunctionTool(FunctionDefinition.builder().name("signal").build());
    }

    /** What a client gets, with what the head says of it. */
    private record Got(String text, List<String> target, List<String> dropped) {}

    private static Got ask(ChatCompletionCreateParams asking) {
        try (HttpResponseFor<ChatCompletion> answer =
                client.chat().completions().withRawResponse().create(asking)) {
            return new Got(
                    OpenAi.text(answer.parse()),
                    answer.headers().values("X-Signalbox-Target"),
                    answer.headers().values("X-Signalbox-Dropped"));
        }
    }

    @Test
    void tools_are_taken_out_and_the_client_is_told() {
        Asked asked = Asked.of(small);
        assertThat(ask(offeringTool("alone").build()))
                .isEqualTo(new Got("All signals are green.", List.of("small/test-model"), List.of("tools")));
        assertThat(asked.last().text()).contains("What do the signals say?").doesNotContain("\"tools\"", "signal\"");
        assertThat(OpenAi.text(OpenAi.streamed(client, offeringTool("alone").build())))
                .isEqualTo("All signals are green.");
    }

    @Test
    void nothing_is_taken_out_while_there_is_somebody_who_may_do_it_all() {
        Asked asked = Asked.of(large);
        assertThat(ask(offeringTool("lenient").build()))
                .isEqualTo(new Got("All signals are green.", List.of("large/test-model"), List.of()));
        assertThat(asked.last().text()).contains("\"tools\"");
    }

    @Test
    void where_nothing_may_be_dropped_the_request_is_refused_and_nobody_is_asked() {
        Asked asked = Asked.of(small);
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(offeringTool("strict").build()))
                .isInstanceOfSatisfying(OpenAIServiceException.class, error -> {
                    assertThat(error.statusCode()).isEqualTo(501);
                    assertThat(error).hasMessageContaining("tools");
                });
        assertThat(asked.times()).isZero();
    }

    @Test
    void what_may_not_be_dropped_takes_the_request_to_the_next_target_whole() {
        Asked asked = Asked.of(large);
        ChatCompletionCreateParams thinking =
                offeringTool("lenient").reasoningEffort(ReasoningEffort.HIGH).build();
        assertThat(ask(thinking)).isEqualTo(new Got("All signals are green.", List.of("large/test-model"), List.of()));
        assertThat(asked.last().text()).contains("\"tools\"", "\"reasoning_effort\"");
    }

    @Test
    void a_request_that_asks_for_nothing_of_it_loses_nothing() {
        assertThat(ask(OpenAi.asking("lenient")))
                .isEqualTo(new Got("All signals are green.", List.of("small/test-model"), List.of()));
    }
}
