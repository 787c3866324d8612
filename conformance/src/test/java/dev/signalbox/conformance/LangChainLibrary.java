package dev.signalbox.conformance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.catalog.ModelCatalog;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.FinishReason;
import dev.signalbox.conformance.Question.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** LangChain4j: the same interfaces whatever it speaks below. */
abstract class LangChainLibrary implements Library {

    /** How long it waits. */
    static final Duration LIMIT = Duration.ofSeconds(20); // for tests that fail

    /** How often it asks by itself. */
    private static final int TRIES = 3;

    private final boolean eager;

    /**
     * One that waits for nobody.
     *
     * @param eager whether it tries again as often as it does by itself
     */
    LangChainLibrary(boolean eager) {
        this.eager = eager;
    }

    /** How often it is told to try again; null if it is not told. */
    final @Nullable Integer retries() {
        return eager ? null : 0;
    }

    /** A model that answers whole, and whether it is to think. */
    abstract ChatModel chat(String model, boolean thinking);

    /** A model that streams. */
    abstract StreamingChatModel stream(String model, boolean thinking);

    /** Asks, and gives on each piece of the answer. */
    private interface Way {
        ChatResponse ask(Question question, List<ChatMessage> messages, Consumer<String> pieces) throws Exception;
    }

    @Override
    public Told whole(Question question) throws Exception {
        return asked(question, List.of(message(question)), this::wholly);
    }

    @Override
    public Told streamed(Question question) throws Exception {
        return asked(question, List.of(message(question)), this::inAStream);
    }

    private static Told asked(Question question, List<ChatMessage> messages, Way way) throws Exception {
        List<String> pieces = new ArrayList<>();
        ChatResponse answer = way.ask(question, messages, pieces::add);
        return told(answer, pieces);
    }

    private ChatResponse wholly(Question question, List<ChatMessage> messages, Consumer<String> pieces) {
        ChatResponse answer =
                chat(question.model(), question.wants(Wish.THINKING)).chat(asking(question, messages));
        pieces.accept(text(answer.aiMessage()));
        return answer;
    }

    private ChatResponse inAStream(Question question, List<ChatMessage> messages, Consumer<String> pieces)
            throws Exception {
        LangChainStream heard = LangChainStream.of(
                stream(question.model(), question.wants(Wish.THINKING)), asking(question, messages), context -> {});
        ChatResponse answer = end(heard);
        heard.pieces().forEach(pieces);
        return answer;
    }

    private static ChatResponse end(LangChainStream heard) throws Exception {
        try {
            return heard.end().get(LIMIT.toSeconds(), SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception raised ? raised : failed;
        }
    }

    @Override
    public Told conversing(Question question, Function<Told.Call, String> tools) throws Exception {
        return conversing(question, tools, this::wholly);
    }

    @Override
    public Told conversingInStreams(Question question, Function<Told.Call, String> tools) throws Exception {
        return conversing(question, tools, this::inAStream);
    }

    private static Told conversing(Question question, Function<Told.Call, String> tools, Way way) throws Exception {
        List<ChatMessage> messages = new ArrayList<>(List.of(message(question)));
        AiMessage calls = way.ask(question, messages, piece -> {}).aiMessage();
        messages.add(calls);
        calls.toolExecutionRequests()
                .forEach(call -> messages.add(ToolExecutionResultMessage.from(call, tools.apply(call(call)))));
        return asked(question, messages, way);
    }

    /** The vectors that such a model makes. */
    static List<float[]> vectors(EmbeddingModel model, List<String> texts) {
        return model.embedAll(texts.stream().map(TextSegment::from).toList()).content().stream()
                .map(Embedding::vector)
                .toList();
    }

    /** The names in such a catalog. */
    static List<String> names(ModelCatalog catalog) {
        return catalog.listModels().stream().map(ModelDescription::name).toList();
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
            case WRONG, OVERFLOW, TOO_LARGE -> "InvalidRequestException";
            case KEY_REFUSED, FORBIDDEN -> "AuthenticationException";
            case UNKNOWN -> "ModelNotFoundException";
            case SPENT -> "RateLimitException";
            case NOT_CAPABLE, OUR_KEY_REFUSED, FAILED, OVERLOADED, TOO_SLOW -> "InternalServerException";
        };
    }

    /** It does not look at {@code x-should-retry}: whatever is the server's fault may pass. */
    @Override
    public int calls(Mishap mishap) {
        return mishap == Mishap.OUR_KEY_REFUSED || mishap == Mishap.NOT_CAPABLE ? TRIES : 1;
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
