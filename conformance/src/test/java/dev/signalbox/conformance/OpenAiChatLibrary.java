package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletion.Choice.FinishReason;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionChunk.Choice.Delta;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartImage.ImageUrl;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.signalbox.conformance.Question.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The chats of {@code com.openai:openai-java}. */
final class OpenAiChatLibrary extends OpenAiLibrary {

    private final OpenAIClient client;

    OpenAiChatLibrary(OpenAIClient client) {
        super(client);
        this.client = client;
    }

    @Override
    public Told whole(Question question) {
        ChatCompletion answer = client.chat().completions().create(asking(question));
        return told(answer, List.of(OpenAi.text(answer)), thought(OpenAi.message(answer)));
    }

    @Override
    public Told streamed(Question question) {
        List<Delta> deltas = new ArrayList<>();
        ChatCompletion answer = streamed(asking(question), deltas::add);
        return told(answer, deltas);
    }

    private ChatCompletion streamed(ChatCompletionCreateParams asking, Consumer<Delta> deltas) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        ChatCompletionCreateParams streaming = asking.toBuilder()
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(streaming)) {
            stream.stream()
                    .peek(whole::accumulate)
                    .flatMap(chunk -> chunk.choices().stream())
                    .forEach(choice -> deltas.accept(choice.delta()));
        }
        return whole.chatCompletion();
    }

    private static Told told(ChatCompletion answer, List<Delta> deltas) {
        List<String> pieces =
                deltas.stream().map(delta -> delta.content().orElse("")).toList();
        String thought = deltas.stream().map(OpenAiChatLibrary::thought).collect(Collectors.joining());
        return told(answer, pieces, thought);
    }

    @Override
    public Told conversing(Question question, Function<Told.Call, String> tools) {
        ChatCompletionCreateParams asking = asking(question);
        ChatCompletionMessage calls = OpenAi.message(client.chat().completions().create(asking));
        ChatCompletion answer = client.chat().completions().create(answering(asking, calls, tools));
        return told(answer, List.of(OpenAi.text(answer)), "");
    }

    @Override
    public Told conversingInStreams(Question question, Function<Told.Call, String> tools) {
        ChatCompletionCreateParams asking = asking(question);
        ChatCompletionMessage calls = OpenAi.message(streamed(asking, delta -> {}));
        List<Delta> deltas = new ArrayList<>();
        return told(streamed(answering(asking, calls, tools), deltas::add), deltas);
    }

    private static ChatCompletionCreateParams answering(
            ChatCompletionCreateParams asking, ChatCompletionMessage calls, Function<Told.Call, String> tools) {
        ChatCompletionCreateParams.Builder second = asking.toBuilder().addMessage(calls);
        functions(calls)
                .forEach(call -> second.addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(call.id())
                        .content(tools.apply(call(call)))
                        .build()));
        return second.build();
    }

    @Override
    public void leaving(Question question) {
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(asking(question))) {
            assertThat(stream.stream()
                            .flatMap(chunk -> chunk.choices().stream())
                            .flatMap(choice -> choice.delta().content().stream())
                            .filter(piece -> !piece.isEmpty())
                            .findFirst())
                    .isPresent();
        }
    }

    @Override
    public List<float[]> vectors(String model, List<String> texts) {
        return OpenAi.vectors(client, model, texts);
    }

    @Override
    public List<String> models() {
        return client.models().list().autoPager().stream()
                .map(model -> model.id())
                .toList();
    }

    private static ChatCompletionCreateParams asking(Question question) {
        ChatCompletionCreateParams.Builder asking =
                ChatCompletionCreateParams.builder().model(question.model());
        if (question.wants(Wish.IMAGE)) {
            asking.addUserMessageOfArrayOfContentParts(List.of(
                    ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder()
                            .text(Question.TEXT)
                            .build()),
                    ChatCompletionContentPart.ofImageUrl(image())));
        } else {
            asking.addUserMessage(Question.TEXT);
        }
        if (question.wants(Wish.TOOLS)) {
            Question.TOOLS.keySet().stream().sorted().forEach(tool -> asking.addFunctionTool(tool(tool)));
        }
        if (question.wants(Wish.THINKING)) {
            asking.reasoningEffort(ReasoningEffort.MEDIUM);
        }
        if (question.wants(Wish.FORM)) {
            asking.responseFormat(form());
        }
        return asking.build();
    }

    private static ChatCompletionContentPartImage image() {
        ImageUrl url = ImageUrl.builder()
                .url("data:image/png;base64," + Question.IMAGE)
                .build();
        return ChatCompletionContentPartImage.builder().imageUrl(url).build();
    }

    private static FunctionDefinition tool(String name) {
        return FunctionDefinition.builder()
                .name(name)
                .parameters(FunctionParameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Question.properties(name)))
                        .build())
                .build();
    }

    private static ResponseFormatJsonSchema form() {
        ResponseFormatJsonSchema.JsonSchema.Schema.Builder schema =
                ResponseFormatJsonSchema.JsonSchema.Schema.builder();
        Question.SCHEMA.forEach((name, value) -> schema.putAdditionalProperty(name, JsonValue.from(value)));
        return ResponseFormatJsonSchema.builder()
                .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                        .name("signals")
                        .schema(schema.build())
                        .build())
                .build();
    }

    private static Told told(ChatCompletion answer, List<String> pieces, String thought) {
        List<Told.Call> calls = functions(OpenAi.message(answer)).stream()
                .map(OpenAiChatLibrary::call)
                .toList();
        return new Told(
                pieces,
                thought,
                calls,
                end(answer.choices().getFirst().finishReason()),
                answer.usage().orElseThrow().promptTokens(),
                answer.usage().orElseThrow().completionTokens());
    }

    private static List<ChatCompletionMessageFunctionToolCall> functions(ChatCompletionMessage message) {
        return message.toolCalls().orElse(List.of()).stream()
                .map(call -> call.asFunction())
                .toList();
    }

    private static Told.Call call(ChatCompletionMessageFunctionToolCall call) {
        return new Told.Call(call.function().name(), call.function().arguments());
    }

    private static Told.End end(FinishReason reason) {
        return reason.equals(FinishReason.STOP)
                ? Told.End.STOP
                : reason.equals(FinishReason.LENGTH) ? Told.End.LENGTH : Told.End.TOOLS;
    }

    @SuppressWarnings("deprecation") // there is no other way to what the library has no word for
    private static String thought(ChatCompletionMessage message) {
        return thought(message._additionalProperties());
    }

    @SuppressWarnings("deprecation") // as above
    private static String thought(Delta delta) {
        return thought(delta._additionalProperties());
    }

    /** Servers have two names for it. */
    private static String thought(Map<String, JsonValue> more) {
        Optional<?> thought = more.getOrDefault("reasoning_content", more.getOrDefault("reasoning", JsonValue.from("")))
                .asString();
        return thought.map(Object::toString).orElse("");
    }
}
