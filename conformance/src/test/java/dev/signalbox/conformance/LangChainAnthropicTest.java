package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.signalbox.testkit.Answer;
import dev.signalbox.testkit.ScriptedRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** LangChain4j's models of Anthropic, as its own documentation makes them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LangChainAnthropicTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Answer WORDS = Answer.saying("All", " clear", ".").using(11, 3);
    private static final Answer CALLS =
            Answer.saying().calling("signal", "{\"track\":7}").calling("signal", "{\"track\":8}");

    private static AnthropicRuntimes runtimes;
    private static Signalbox signalbox;

    @BeforeAll
    static void start() throws Exception {
        runtimes = AnthropicRuntimes.start();
        signalbox = Signalbox.configured(runtimes.configuration());
    }

    @AfterAll
    static void stop() {
        signalbox.close();
        runtimes.close();
    }

    @AfterEach
    void repair() {
        runtimes.recover();
    }

    static List<String> targets() {
        return runtimes.targets();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void understands_a_whole_answer(String target) {
        runtimes.say(WORDS);
        ChatResponse answer = chat(target).chat(LangChain.question());
        assertThat(answer.aiMessage().text()).isEqualTo("All clear.");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.tokenUsage().totalTokenCount()).isEqualTo(14);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void understands_a_stream_piece_by_piece(String target) {
        runtimes.say(WORDS);
        LangChain.Heard heard = LangChain.listen(stream(target), LangChain.question());
        assertThat(heard.end())
                .succeedsWithin(PATIENCE)
                .extracting(whole -> whole.aiMessage().text())
                .isEqualTo("All clear.");
        assertThat(heard.pieces()).containsExactly("All", " clear", ".");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void calls_two_tools_and_tells_what_they_said(String target) {
        runtimes.say(CALLS);
        List<ChatMessage> messages =
                new ArrayList<>(List.of(SystemMessage.from("Be brief."), UserMessage.from("What do the signals say?")));
        AiMessage calls = chat(target).chat(offeringTool(messages)).aiMessage();
        assertThat(calls.toolExecutionRequests())
                .extracting(call -> call.arguments().replaceAll("\\s", ""))
                .containsExactly("{\"track\":7}", "{\"track\":8}");
        messages.add(calls);
        calls.toolExecutionRequests()
                .forEach(call -> messages.add(ToolExecutionResultMessage.from(call, "It is green.")));
        runtimes.say(WORDS);
        assertThat(chat(target).chat(offeringTool(messages)).aiMessage().text()).isEqualTo("All clear.");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void puts_streamed_calls_together(String target) {
        runtimes.say(CALLS);
        LangChain.Heard heard =
                LangChain.listen(stream(target), offeringTool(List.of(UserMessage.from("And the signals?"))));
        assertThat(heard.end())
                .succeedsWithin(PATIENCE, type(ChatResponse.class))
                .satisfies(whole -> assertThat(whole.aiMessage().toolExecutionRequests())
                        .extracting(ToolExecutionRequest::name, ToolExecutionRequest::arguments)
                        .containsExactly(tuple("signal", "{\"track\":7}"), tuple("signal", "{\"track\":8}")));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void shows_an_image(String target) {
        runtimes.say(WORDS);
        Asked asked = Asked.of(runtimes.at(target));
        ChatRequest looking = ChatRequest.builder()
                .messages(UserMessage.from(
                        TextContent.from("What is this?"), ImageContent.from("iVBORw0KGgo=", "image/png")))
                .build();
        assertThat(chat(target).chat(looking).aiMessage().text()).isEqualTo("All clear.");
        assertThat(asked.last().text()).contains("iVBORw0KGgo=");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void every_error_is_raised_as_what_it_is(String target) {
        ScriptedRuntime runtime = runtimes.at(target);
        runtime.refuses(400, "The temperature is too high.");
        assertThatThrownBy(() -> chat(target).chat("Hello"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("The temperature is too high.");
        runtime.refuses(500, "The engine stumbled.");
        assertThatThrownBy(() -> chat(target).chat("Hello"))
                .isInstanceOf(InternalServerException.class)
                .hasMessageContaining("The engine stumbled.");
        String unknown = target.substring(0, target.indexOf('/')) + "/nobody";
        assertThatThrownBy(() -> chat(unknown).chat("Hello")).isInstanceOf(ModelNotFoundException.class);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void an_answer_that_breaks_off_is_an_error(String target) {
        runtimes.say(Answer.saying("All", " clear", " from", " here", " to", " there", "."));
        runtimes.at(target).breaksAfter(4, "The engine died.");
        LangChain.Heard heard = LangChain.listen(stream(target), LangChain.question());
        assertThat(heard.end()).failsWithin(PATIENCE);
    }

    private static AnthropicChatModel chat(String model) {
        return AnthropicChatModel.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .modelName(model)
                .maxTokens(64)
                .timeout(PATIENCE)
                .maxRetries(0)
                .build();
    }

    private static AnthropicStreamingChatModel stream(String model) {
        return AnthropicStreamingChatModel.builder()
                .baseUrl(signalbox.baseUrl())
                .apiKey("no-key")
                .modelName(model)
                .timeout(PATIENCE)
                .build();
    }

    private static ChatRequest offeringTool(List<ChatMessage> messages) {
        ToolSpecification signal = ToolSpecification.builder()
                .name("signal")
                .description("What a signal says.")
                .parameters(JsonObjectSchema.builder()
                        .addIntegerProperty("track")
                        .required("track")
                        .build())
                .build();
        return ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(signal)
                .build();
    }
}
