package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.signalbox.testkit.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LangChainTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Answer WORDS = Answer.saying("All", " clear", ".").using(11, 3);
    private static final Answer CALLS =
            Answer.saying().calling("signal", "{\"track\":7}").calling("signal", "{\"track\":8}");

    private static Runtimes runtimes;
    private static Signalbox signalbox;

    @BeforeAll
    static void start() throws Exception {
        runtimes = Runtimes.start();
        signalbox = Signalbox.configured(runtimes.configuration());
    }

    @AfterAll
    static void stop() {
        signalbox.close();
        runtimes.close();
    }

    static List<String> targets() {
        return runtimes.targets();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void understands_a_whole_answer(String target) {
        runtimes.say(WORDS);
        ChatResponse answer = LangChain.chat(signalbox, target).chat(LangChain.question());
        assertThat(answer.aiMessage().text()).isEqualTo("All clear.");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.tokenUsage().totalTokenCount()).isEqualTo(14);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void understands_a_stream_piece_by_piece(String target) {
        runtimes.say(WORDS);
        LangChain.Heard heard = LangChain.listen(LangChain.stream(signalbox, target), LangChain.question());
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
        List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from("What do the signals say?")));
        AiMessage calls =
                LangChain.chat(signalbox, target).chat(offeringTool(messages)).aiMessage();
        assertThat(calls.toolExecutionRequests())
                .extracting(ToolExecutionRequest::arguments)
                .containsExactly("{\"track\":7}", "{\"track\":8}");
        messages.add(calls);
        calls.toolExecutionRequests()
                .forEach(call -> messages.add(ToolExecutionResultMessage.from(call, "It is green.")));
        runtimes.say(WORDS);
        ChatResponse answer = LangChain.chat(signalbox, target).chat(offeringTool(messages));
        assertThat(answer.aiMessage().text()).isEqualTo("All clear.");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void puts_streamed_calls_together(String target) {
        runtimes.say(CALLS);
        LangChain.Heard heard = LangChain.listen(
                LangChain.stream(signalbox, target), offeringTool(List.of(UserMessage.from("And the signals?"))));
        assertThat(heard.end())
                .succeedsWithin(PATIENCE, type(ChatResponse.class))
                .satisfies(whole -> assertThat(whole.aiMessage().toolExecutionRequests())
                        .extracting(ToolExecutionRequest::name, ToolExecutionRequest::arguments)
                        .containsExactly(tuple("signal", "{\"track\":7}"), tuple("signal", "{\"track\":8}")));
    }

    @Test
    void gets_vectors() {
        Embedding vector = LangChain.embeddings(signalbox, "openai/test-model")
                .embed("stop")
                .content();
        assertThat(vector.vector()).hasSize(4);
        double square = 0;
        for (float one : vector.vector()) {
            square += one * one;
        }
        assertThat(square).isEqualTo(1, within(1e-6));
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
