package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletion.Choice.FinishReason;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.signalbox.testkit.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenAiToolsTest {

    private static final Answer ONE_CALL = Answer.saying().calling("signal", "{\"track\":7}");
    private static final Answer TWO_CALLS = ONE_CALL.calling("weather", "{\"place\":\"Göschenen\"}");

    private static Runtimes runtimes;
    private static Signalbox signalbox;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        runtimes = Runtimes.start();
        signalbox = Signalbox.configured(runtimes.configuration());
        client = OpenAi.client(signalbox, new Naps());
    }

    @AfterAll
    static void stop() {
        client.close();
        signalbox.close();
        runtimes.close();
    }

    static List<String> targets() {
        return runtimes.targets();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void is_told_to_call_a_tool(String target) {
        runtimes.say(ONE_CALL);
        ChatCompletion answer = client.chat().completions().create(offeringTools(target));
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(shown(OpenAi.message(answer))).containsExactly("signal {\"track\":7}");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void is_told_to_call_two_tools_at_once(String target) {
        runtimes.say(TWO_CALLS);
        ChatCompletion answer = client.chat().completions().create(offeringTools(target));
        assertThat(shown(OpenAi.message(answer)))
                .containsExactly("signal {\"track\":7}", "weather {\"place\":\"Göschenen\"}");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void puts_streamed_calls_together(String target) {
        runtimes.say(TWO_CALLS);
        ChatCompletion answer = OpenAi.streamed(client, offeringTools(target));
        assertThat(answer.choices().getFirst().finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(shown(OpenAi.message(answer)))
                .containsExactly("signal {\"track\":7}", "weather {\"place\":\"Göschenen\"}");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void tells_what_the_tools_said_and_gets_an_answer(String target) {
        runtimes.say(TWO_CALLS);
        ChatCompletionCreateParams asking = offeringTools(target);
        ChatCompletionMessage calls = OpenAi.message(client.chat().completions().create(asking));
        ChatCompletionCreateParams.Builder second = asking.toBuilder().addMessage(calls);
        functions(calls)
                .forEach(call -> second.addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(call.id())
                        .content("It is green.")
                        .build()));
        runtimes.say(Answer.saying("Go", " on", "."));
        Asked asked = Asked.of(runtimes.at(target));
        ChatCompletion answer = client.chat().completions().create(second.build());
        assertThat(OpenAi.text(answer)).isEqualTo("Go on.");
        assertThat(functions(calls))
                .extracting(ChatCompletionMessageFunctionToolCall::id)
                .allSatisfy(id -> assertThat(asked.last().text()).contains("\"tool_call_id\":\"" + id + "\""));
        assertThat(asked.last().text()).contains("It is green.").contains("{\\\"track\\\":7}");
    }

    private static ChatCompletionCreateParams offeringTools(String target) {
        return OpenAi.asking(target).toBuilder()
                .addFunctionTool(tool("signal", "track", "integer"))
                .addFunctionTool(tool("weather", "place", "string"))
                .build();
    }

    private static FunctionDefinition tool(String name, String parameter, String type) {
        return FunctionDefinition.builder()
                .name(name)
                .parameters(FunctionParameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of(parameter, Map.of("type", type))))
                        .build())
                .build();
    }

    private static List<ChatCompletionMessageFunctionToolCall> functions(ChatCompletionMessage message) {
        return message.toolCalls().orElseThrow().stream()
                .map(ChatCompletionMessageToolCall::asFunction)
                .toList();
    }

    private static List<String> shown(ChatCompletionMessage message) {
        return functions(message).stream()
                .map(call -> call.function().name() + " " + call.function().arguments())
                .toList();
    }
}
