package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import dev.signalbox.testkit.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AnthropicToolsTest {

    private static final Answer ONE_CALL = Answer.saying().calling("signal", "{\"track\":7}");
    private static final Answer TWO_CALLS = Answer.saying("Let me see.")
            .calling("signal", "{\"track\":7}")
            .calling("weather", "{\"place\":\"Göschenen\"}");

    private static AnthropicRuntimes runtimes;
    private static Signalbox signalbox;
    private static AnthropicClient client;

    @BeforeAll
    static void start() throws Exception {
        runtimes = AnthropicRuntimes.start();
        signalbox = Signalbox.configured(runtimes.configuration());
        client = Anthropic.client(signalbox, new Naps());
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
        Message answer = client.messages().create(Anthropic.offeringTools(target));
        assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(shown(answer)).containsExactly("signal {track=7}");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void is_told_to_call_two_tools_at_once(String target) {
        runtimes.say(TWO_CALLS);
        Message answer = client.messages().create(Anthropic.offeringTools(target));
        assertThat(Anthropic.text(answer)).isEqualTo("Let me see.");
        assertThat(shown(answer)).containsExactly("signal {track=7}", "weather {place=Göschenen}");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void puts_streamed_calls_together(String target) {
        runtimes.say(TWO_CALLS);
        Message answer = Anthropic.streamed(client, Anthropic.offeringTools(target));
        assertThat(answer.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(shown(answer)).containsExactly("signal {track=7}", "weather {place=Göschenen}");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void tells_what_the_tools_said_and_gets_an_answer(String target) {
        runtimes.say(TWO_CALLS);
        MessageCreateParams asking = Anthropic.offeringTools(target);
        Message calls = client.messages().create(asking);
        MessageCreateParams second = asking.toBuilder()
                .addMessage(calls)
                .addUserMessageOfContentBlockParams(Anthropic.calls(calls).stream()
                        .map(AnthropicToolsTest::result)
                        .toList())
                .build();
        runtimes.say(Answer.saying("Go", " on", "."));
        Asked asked = Asked.of(runtimes.at(target));
        Message answer = client.messages().create(second);
        assertThat(Anthropic.text(answer)).isEqualTo("Go on.");
        assertThat(Anthropic.calls(calls))
                .extracting(ToolUseBlock::id)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(asked.last().text().split(id, -1))
                        .as("it is in the call and in what came of it")
                        .hasSize(3));
        assertThat(asked.last().text()).contains("It is green.", "It is snowing.", "Göschenen");
    }

    private static ContentBlockParam result(ToolUseBlock call) {
        return ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                .toolUseId(call.id())
                .content(call.name().equals("signal") ? "It is green." : "It is snowing.")
                .build());
    }

    private static List<String> shown(Message answer) {
        return Anthropic.calls(answer).stream()
                .map(call -> call.name() + " " + call._input())
                .toList();
    }
}
