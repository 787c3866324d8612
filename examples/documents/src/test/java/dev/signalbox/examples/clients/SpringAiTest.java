package dev.signalbox.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.signalbox.testkit.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

/** Spring AI's model of OpenAI in front of Anthropic, by a name that a program of OpenAI's has. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SpringAiTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What the tool is called with. */
    record File(String path) {}

    private Served signalbox;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        signalbox = Served.page("spring-ai", folder);
    }

    @AfterEach
    void stop() {
        signalbox.close();
    }

    @Test
    void gets_a_whole_answer_with_its_tokens() {
        signalbox.neighbours().anthropic().says(Answer.saying("All", " clear").using(90, 7));
        ChatResponse answer = model().call(new Prompt("What do the signals say?"));
        assertThat(answer.getResult().getOutput().getText()).isEqualTo("All clear");
        assertThat(answer.getMetadata().getUsage().getPromptTokens()).isEqualTo(90);
        assertThat(answer.getMetadata().getUsage().getCompletionTokens()).isEqualTo(7);
    }

    @Test
    void streams_piece_by_piece() {
        signalbox.neighbours().anthropic().says(Answer.saying("All", " clear", "."));
        List<String> pieces = model().stream(new Prompt("What do the signals say?"))
                .mapNotNull(ChatResponse::getResult)
                .mapNotNull(result -> result.getOutput().getText())
                .filter(text -> !text.isEmpty())
                .collectList()
                .block(PATIENCE);
        assertThat(pieces).containsExactly("All", " clear", ".");
    }

    @Test
    void is_asked_to_call_a_tool() {
        signalbox.neighbours().anthropic().says(Answer.saying().calling("read", "{\"path\":\"a.txt\"}"));
        ToolCallback read = FunctionToolCallback.builder("read", (File file) -> "one")
                .description("Reads a file.")
                .inputType(File.class)
                .build();
        OpenAiChatOptions options = options().toolCallbacks(read).build();
        ChatResponse answer = model().call(new Prompt(List.of(new UserMessage("What is in a.txt?")), options));
        assertThat(answer.getResult().getOutput().getToolCalls())
                .extracting(ToolCall::name, ToolCall::arguments)
                .containsExactly(tuple("read", "{\"path\":\"a.txt\"}"));
    }

    @Test
    void embeds_by_the_name_that_a_program_has() {
        OpenAiEmbeddingOptions options = OpenAiEmbeddingOptions.builder()
                .baseUrl(signalbox.address() + "/v1")
                .apiKey("any")
                .model("text-embedding-3-small")
                .build();
        List<float[]> vectors =
                OpenAiEmbeddingModel.builder().options(options).build().embed(List.of("stop", "go"));
        assertThat(vectors).hasSize(2).allSatisfy(vector -> assertThat(vector).isNotEmpty());
        assertThat(vectors.getFirst()).isNotEqualTo(vectors.getLast());
    }

    private OpenAiChatModel model() {
        return OpenAiChatModel.builder().options(options().build()).build();
    }

    private OpenAiChatOptions.Builder options() {
        return OpenAiChatOptions.builder()
                .baseUrl(signalbox.address() + "/v1")
                .apiKey("any")
                .model("gpt-4o");
    }
}
