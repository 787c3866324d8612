package dev.signalbox.conformance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.signalbox.conformance.Question.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** LangChain4j: the same interfaces whatever it speaks below. */
abstract class LangChainLibrary implements Library {

    /** How long it waits. */
    static final Duration LIMIT = Duration.ofSeconds(20); // for tests that fail

    /** A model that answers whole, and whether it is to think. */
    abstract ChatModel chat(String model, boolean thinking);

    /** A model that streams. */
    abstract StreamingChatModel stream(String model, boolean thinking);

    @Override
    public Told whole(Question question) {
        ChatResponse answer = chat(question.model(), question.wants(Wish.THINKING))
                .chat(asking(question, List.of(message(question))));
        return told(answer, List.of(text(answer.aiMessage())));
    }

    @Override
    public Told streamed(Question question) throws Exception {
        LangChainStream heard = LangChainStream.of(
                stream(question.model(), question.wants(Wish.THINKING)),
                asking(question, List.of(message(question))),
                context -> {});
        return told(end(heard), heard.pieces());
    }

    private static ChatResponse end(LangChainStream heard) throws Exception {
        try {
            return heard.end().get(LIMIT.toSeconds(), SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception raised ? raised : failed;
        }
    }

    @Override
    public Told conversing(Question question, Function<Told.Call, String> tools) {
        List<ChatMessage> messages = new ArrayList<>(List.of(message(question)));
        ChatModel model = chat(question.model(), false);
        AiMessage calls = model.chat(asking(question, messages)).aiMessage();
        messages.add(calls);
        calls.toolExecutionRequests()
                .forEach(call -> messages.add(ToolExecutionResultMessage.from(call, tools.apply(call(call)))));
        ChatResponse answer = model.chat(asking(question, messages));
        return told(answer, List.of(text(answer.aiMessage())));
    }

    @Override
    public void leaving(Question question) {
        LangChainStream heard = LangChainStream.of(
                stream(question.model(), false),
                asking(question, List.of(message(question))),
                context -> context.streamingHandle().cancel());
        await().atMost(LIMIT).until(() -> !heard.pieces().isEmpty());
    }

    private static ChatMessage message(Question question) {
        return question.wants(Wish.IMAGE)
                ? UserMessage.from(TextContent.from(Question.TEXT), ImageContent.from(Question.IMAGE, "image/png"))
                : UserMessage.from(Question.TEXT);
    }

    private static ChatRequest asking(Question question, List<ChatMessage> messages) {
        ChatRequest.Builder asking = ChatRequest.builder().messages(messages);
        if (question.wants(Wish.TOOLS)) {
            asking.toolSpecifications(
                    tool("signal", JsonObjectSchema.builder().addIntegerProperty("track")),
                    tool("weather", JsonObjectSchema.builder().addStringProperty("place")));
        }
        if (question.wants(Wish.FORM)) {
            asking.responseFormat(ResponseFormat.builder()
                    .type(ResponseFormatType.JSON)
                    .jsonSchema(JsonSchema.builder()
                            .name("signals")
                            .rootElement(JsonObjectSchema.builder()
                                    .addBooleanProperty("free", Question.PURPOSE)
                                    .required("free")
                                    .additionalProperties(false)
                                    .build())
                            .build())
                    .build());
        }
        return asking.build();
    }

    private static ToolSpecification tool(String name, JsonObjectSchema.Builder parameters) {
        return ToolSpecification.builder()
                .name(name)
                .description("What it says.")
                .parameters(parameters.build())
                .build();
    }

    private static Told told(ChatResponse answer, List<String> pieces) {
        return new Told(
                pieces,
                Optional.ofNullable(answer.aiMessage().thinking()).orElse(""),
                answer.aiMessage().toolExecutionRequests().stream()
                        .map(LangChainLibrary::call)
                        .toList(),
                end(answer.finishReason()),
                answer.tokenUsage().inputTokenCount(),
                answer.tokenUsage().outputTokenCount());
    }

    private static String text(AiMessage message) {
        return Optional.ofNullable(message.text()).orElse("");
    }

    private static Told.Call call(ToolExecutionRequest call) {
        return new Told.Call(call.name(), call.arguments().replaceAll("\\s", ""));
    }

    private static Told.End end(FinishReason reason) {
        return switch (reason) {
            case STOP -> Told.End.STOP;
            case LENGTH -> Told.End.LENGTH;
            case TOOL_EXECUTION -> Told.End.TOOLS;
            default -> throw new AssertionError(reason);
        };
    }

    @Override
    public String raises(Mishap mishap) {
        return switch (mishap) {
            case WRONG, TOO_LARGE -> "InvalidRequestException";
            case KEY_REFUSED, FORBIDDEN -> "AuthenticationException";
            case UNKNOWN -> "ModelNotFoundException";
            case SPENT -> "RateLimitException";
            case FAILED, OVERLOADED, TOO_SLOW -> "InternalServerException";
        };
    }

    @Override
    public OptionalInt status(Throwable raised) {
        for (@Nullable Throwable cause = raised; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException answer) {
                return OptionalInt.of(answer.statusCode());
            }
        }
        return OptionalInt.empty();
    }

    @Override
    public void close() {}
}
