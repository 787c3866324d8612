package dev.signalbox.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFormatTextJsonSchemaConfig;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputImage;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseReasoningItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseTextConfig;
import dev.signalbox.conformance.Question.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The responses of {@code com.openai:openai-java}. */
final class OpenAiResponsesLibrary extends OpenAiLibrary {

    private final OpenAIClient client;

    OpenAiResponsesLibrary(OpenAIClient client) {
        super(client);
        this.client = client;
    }

    @Override
    public Told whole(Question question) {
        Response answer = client.responses().create(asking(question).build());
        return told(answer, List.of(text(answer)));
    }

    @Override
    public Told streamed(Question question) {
        List<String> pieces = new ArrayList<>();
        return told(streamed(asking(question).build(), pieces::add), pieces);
    }

    private Response streamed(ResponseCreateParams asking, Consumer<String> pieces) {
        ResponseAccumulator whole = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(asking)) {
            stream.stream()
                    .peek(whole::accumulate)
                    .flatMap(event -> event.outputTextDelta().stream())
                    .forEach(delta -> pieces.accept(delta.delta()));
        }
        return whole.response();
    }

    /** Has the library look for what is missing in an answer and in every event of a stream. */
    void examine(Question question) {
        client.responses().create(asking(question).build()).validate();
        try (StreamResponse<ResponseStreamEvent> stream =
                client.responses().createStreaming(asking(question).build())) {
            stream.stream().forEach(ResponseStreamEvent::validate);
        }
    }

    @Override
    public Told conversing(Question question, Function<Told.Call, String> tools) {
        Response calls = client.responses().create(asking(question).build());
        Response answer = client.responses().create(answering(question, calls, tools));
        return told(answer, List.of(text(answer)));
    }

    @Override
    public Told conversingInStreams(Question question, Function<Told.Call, String> tools) {
        Response calls = streamed(asking(question).build(), piece -> {});
        List<String> pieces = new ArrayList<>();
        return told(streamed(answering(question, calls, tools), pieces::add), pieces);
    }

    private static ResponseCreateParams answering(
            Question question, Response calls, Function<Told.Call, String> tools) {
        List<ResponseInputItem> input = new ArrayList<>(List.of(message(question)));
        functions(calls).forEach(call -> input.add(ResponseInputItem.ofFunctionCall(call)));
        functions(calls).forEach(call -> input.add(result(call, tools.apply(call(call)))));
        return asking(question).inputOfResponse(input).build();
    }

    private static ResponseInputItem result(ResponseFunctionToolCall call, String result) {
        return ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                .callId(call.callId())
                .output(result)
                .build());
    }

    @Override
    public void leaving(Question question) {
        try (StreamResponse<ResponseStreamEvent> stream =
                client.responses().createStreaming(asking(question).build())) {
            assertThat(stream.stream()
                            .filter(ResponseStreamEvent::isOutputTextDelta)
                            .findFirst())
                    .isPresent();
        }
    }

    private static ResponseCreateParams.Builder asking(Question question) {
        ResponseCreateParams.Builder asking =
                ResponseCreateParams.builder().model(question.model()).inputOfResponse(List.of(message(question)));
        if (question.wants(Wish.TOOLS)) {
            Question.TOOLS.keySet().stream().sorted().forEach(tool -> asking.addTool(tool(tool)));
        }
        if (question.wants(Wish.THINKING)) {
            asking.reasoning(Reasoning.builder()
                    .effort(ReasoningEffort.MEDIUM)
                    .summary(Reasoning.Summary.AUTO)
                    .build());
        }
        if (question.wants(Wish.FORM)) {
            asking.text(ResponseTextConfig.builder().format(form()).build());
        }
        return asking;
    }

    private static ResponseInputItem message(Question question) {
        ResponseInputItem.Message.Builder message = ResponseInputItem.Message.builder()
                .role(ResponseInputItem.Message.Role.USER)
                .addInputTextContent(Question.TEXT);
        if (question.wants(Wish.IMAGE)) {
            message.addContent(ResponseInputImage.builder()
                    .detail(ResponseInputImage.Detail.AUTO)
                    .imageUrl("data:image/png;base64," + Question.IMAGE)
                    .build());
        }
        return ResponseInputItem.ofMessage(message.build());
    }

    private static FunctionTool tool(String name) {
        return FunctionTool.builder()
                .name(name)
                .strict(false)
                .parameters(FunctionTool.Parameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Question.properties(name)))
                        .build())
                .build();
    }

    private static ResponseFormatTextJsonSchemaConfig form() {
        ResponseFormatTextJsonSchemaConfig.Schema.Builder schema = ResponseFormatTextJsonSchemaConfig.Schema.builder();
        Question.SCHEMA.forEach((name, value) -> schema.putAdditionalProperty(name, JsonValue.from(value)));
        return ResponseFormatTextJsonSchemaConfig.builder()
                .name("signals")
                .schema(schema.build())
                .build();
    }

    private static Told told(Response answer, List<String> pieces) {
        String thought = answer.output().stream()
                .flatMap(item -> item.reasoning().stream())
                .flatMap(OpenAiResponsesLibrary::thoughts)
                .collect(Collectors.joining());
        List<Told.Call> calls =
                functions(answer).stream().map(OpenAiResponsesLibrary::call).toList();
        return new Told(
                pieces,
                thought,
                calls,
                end(answer, calls),
                answer.usage().orElseThrow().inputTokens(),
                answer.usage().orElseThrow().outputTokens());
    }

    /** OpenAI's servers tell a summary; others what was thought itself. */
    private static Stream<String> thoughts(ResponseReasoningItem item) {
        Stream<String> summary = item.summary().stream().map(part -> part.text());
        Stream<String> thought = item.content().orElse(List.of()).stream().map(part -> part.text());
        return item.summary().isEmpty() ? thought : summary;
    }

    private static String text(Response answer) {
        return answer.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .map(text -> text.text())
                .collect(Collectors.joining());
    }

    private static List<ResponseFunctionToolCall> functions(Response answer) {
        return answer.output().stream()
                .flatMap((ResponseOutputItem item) -> item.functionCall().stream())
                .toList();
    }

    private static Told.Call call(ResponseFunctionToolCall call) {
        return new Told.Call(call.name(), call.arguments());
    }

    private static Told.End end(Response answer, List<Told.Call> calls) {
        return answer.status().filter(ResponseStatus.INCOMPLETE::equals).isPresent()
                ? Told.End.LENGTH
                : calls.isEmpty() ? Told.End.STOP : Told.End.TOOLS;
    }
}
