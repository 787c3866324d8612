package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.ImageBlockParam;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.ThinkingConfigEnabled;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.conformance.Question.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code com.anthropic:anthropic-java}. */
final class AnthropicLibrary implements Library {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AnthropicClient client;

    AnthropicLibrary(AnthropicClient client) {
        this.client = client;
    }

    @Override
    public Told whole(Question question) {
        Message answer = client.messages().create(asking(question).build());
        return told(answer, List.of(Anthropic.text(answer)));
    }

    @Override
    public Told streamed(Question question) {
        List<String> pieces = new ArrayList<>();
        return told(streamed(asking(question).build(), pieces::add), pieces);
    }

    private Message streamed(MessageCreateParams asking, Consumer<String> pieces) {
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(asking)) {
            stream.stream()
                    .peek(whole::accumulate)
                    .flatMap(event -> event.contentBlockDelta().stream())
                    .flatMap(delta -> delta.delta().text().stream())
                    .forEach(text -> pieces.accept(text.text()));
        }
        return whole.message();
    }

    @Override
    public Told conversing(Question question, Function<Told.Call, String> tools) {
        MessageCreateParams asking = asking(question).build();
        Message calls = client.messages().create(asking);
        Message answer = client.messages().create(answering(asking, calls, tools));
        return told(answer, List.of(Anthropic.text(answer)));
    }

    @Override
    public Told conversingInStreams(Question question, Function<Told.Call, String> tools) {
        MessageCreateParams asking = asking(question).build();
        Message calls = streamed(asking, piece -> {});
        List<String> pieces = new ArrayList<>();
        return told(streamed(answering(asking, calls, tools), pieces::add), pieces);
    }

    private static MessageCreateParams answering(
            MessageCreateParams asking, Message calls, Function<Told.Call, String> tools) {
        return asking.toBuilder()
                .addMessage(calls)
                .addUserMessageOfContentBlockParams(Anthropic.calls(calls).stream()
                        .map(call -> result(call, tools.apply(call(call))))
                        .toList())
                .build();
    }

    private static ContentBlockParam result(ToolUseBlock call, String result) {
        return ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                .toolUseId(call.id())
                .content(result)
                .build());
    }

    @Override
    public void leaving(Question question) {
        try (StreamResponse<RawMessageStreamEvent> stream =
                client.messages().createStreaming(asking(question).build())) {
            assertThat(stream.stream()
                            .filter(RawMessageStreamEvent::isContentBlockDelta)
                            .findFirst())
                    .isPresent();
        }
    }

    @Override
    public long tokens(Question question) {
        return client.messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model(question.model())
                        .addUserMessage(Question.TEXT)
                        .build())
                .inputTokens();
    }

    @Override
    public List<String> models() {
        return client.models().list().autoPager().stream()
                .map(model -> model.id())
                .toList();
    }

    private static MessageCreateParams.Builder asking(Question question) {
        MessageCreateParams.Builder asking =
                MessageCreateParams.builder().model(question.model()).maxTokens(4096);
        if (question.wants(Wish.IMAGE)) {
            asking.addUserMessageOfContentBlockParams(List.of(
                    ContentBlockParam.ofText(
                            TextBlockParam.builder().text(Question.TEXT).build()),
                    ContentBlockParam.ofImage(image())));
        } else {
            asking.addUserMessage(Question.TEXT);
        }
        if (question.wants(Wish.TOOLS)) {
            Question.TOOLS.keySet().stream().sorted().forEach(tool -> asking.addTool(Anthropic.tool(tool)));
        }
        if (question.wants(Wish.THINKING)) {
            asking.thinking(ThinkingConfigEnabled.builder().budgetTokens(1024).build());
        }
        if (question.wants(Wish.FORM)) {
            asking.outputConfig(OutputConfig.builder().format(form()).build());
        }
        return asking;
    }

    private static ImageBlockParam image() {
        return ImageBlockParam.builder()
                .source(Base64ImageSource.builder()
                        .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                        .data(Question.IMAGE)
                        .build())
                .build();
    }

    private static JsonOutputFormat form() {
        JsonOutputFormat.Schema.Builder schema = JsonOutputFormat.Schema.builder();
        Question.SCHEMA.forEach((name, value) -> schema.putAdditionalProperty(name, JsonValue.from(value)));
        return JsonOutputFormat.builder().schema(schema.build()).build();
    }

    private static Told told(Message answer, List<String> pieces) {
        String thought = answer.content().stream()
                .flatMap(block -> block.thinking().stream())
                .map(thinking -> thinking.thinking())
                .collect(Collectors.joining());
        List<Told.Call> calls =
                Anthropic.calls(answer).stream().map(AnthropicLibrary::call).toList();
        return new Told(
                pieces,
                thought,
                calls,
                end(answer.stopReason().orElseThrow()),
                answer.usage().inputTokens(),
                answer.usage().outputTokens());
    }

    private static Told.Call call(ToolUseBlock call) {
        return new Told.Call(call.name(), JSON.valueToTree(call._input()).toString());
    }

    private static Told.End end(StopReason reason) {
        return reason.equals(StopReason.END_TURN)
                ? Told.End.STOP
                : reason.equals(StopReason.MAX_TOKENS) ? Told.End.LENGTH : Told.End.TOOLS;
    }

    @Override
    public String raises(Mishap mishap) {
        return switch (mishap) {
            case WRONG, OVERFLOW -> "BadRequestException";
            case KEY_REFUSED -> "UnauthorizedException";
            case FORBIDDEN -> "PermissionDeniedException";
            case UNKNOWN -> "NotFoundException";
            case TOO_LARGE -> "ContentTooLargeException";
            case SPENT -> "RateLimitException";
            case FAILED, OUR_KEY_REFUSED -> "InternalServerException";
            case NOT_CAPABLE -> "NotImplementedException";
            case OVERLOADED -> "OverloadedException";
            case TOO_SLOW -> "GatewayTimeoutException";
        };
    }

    @Override
    public String raisesBroken() {
        return "SseException";
    }

    @Override
    public OptionalInt status(Throwable raised) {
        return OptionalInt.of(((AnthropicServiceException) raised).statusCode());
    }

    /** Its servers have a status of their own for having too much to do. */
    @Override
    public int statusOf(Mishap mishap) {
        return mishap == Mishap.OVERLOADED ? 529 : mishap.status();
    }

    @Override
    public void close() {
        client.close();
    }
}
