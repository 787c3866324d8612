package dev.signalbox.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.signalbox.testkit.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LangChain4j's models of OpenAI in front of Anthropic, by a name that a program of OpenAI's has. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LangChain4jTest {

    private Served signalbox;
    private final List<String> pieces = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        signalbox = Served.page("langchain4j", folder);
    }

    @AfterEach
    void stop() {
        signalbox.close();
    }

    @Test
    void streams_a_call_and_then_an_answer() throws Exception {
        UserMessage question = UserMessage.from("What is in a.txt?");
        signalbox
                .neighbours()
                .anthropic()
                .says(Answer.saying().calling("read", "{\"path\":\"a.txt\"}").using(90, 7));
        ChatResponse first = streamed(question);
        assertThat(first.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        assertThat(first.tokenUsage().inputTokenCount()).isEqualTo(90);
        AiMessage call = first.aiMessage();
        assertThat(call.toolExecutionRequests())
                .singleElement()
                .satisfies(request -> assertThat(request.arguments()).isEqualTo("{\"path\":\"a.txt\"}"));

        signalbox.neighbours().anthropic().says(Answer.saying("It", " is", " one."));
        ChatResponse last = streamed(
                question,
                call,
                ToolExecutionResultMessage.from(call.toolExecutionRequests().getFirst(), "one"));
        assertThat(last.aiMessage().text()).isEqualTo("It is one.");
        assertThat(pieces).containsExactly("It", " is", " one.");
    }

    @Test
    void embeds_by_the_name_that_a_program_has() {
        float[] vector = OpenAiEmbeddingModel.builder()
                .baseUrl(signalbox.address() + "/v1")
                .apiKey("any")
                .modelName("text-embedding-3-small")
                .maxRetries(0)
                .build()
                .embed("stop")
                .content()
                .vector();
        assertThat(vector).isNotEmpty();
    }

    private ChatResponse streamed(ChatMessage... messages) throws Exception {
        ChatRequest request = ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(ToolSpecification.builder()
                        .name("read")
                        .parameters(JsonObjectSchema.builder()
                                .addStringProperty("path")
                                .required("path")
                                .build())
                        .build())
                .build();
        CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        OpenAiStreamingChatModel.builder()
                .baseUrl(signalbox.address() + "/v1")
                .apiKey("any")
                .modelName("gpt-4o")
                .build()
                .chat(request, new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(String piece) {
                        pieces.add(piece);
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse whole) {
                        end.complete(whole);
                    }

                    @Override
                    public void onError(Throwable error) {
                        end.completeExceptionally(error);
                    }
                });
        return end.get(20, TimeUnit.SECONDS);
    }
}
