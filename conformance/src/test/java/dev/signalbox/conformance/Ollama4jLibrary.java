package dev.signalbox.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.conformance.Question.Wish;
import io.github.ollama4j.Ollama;
import io.github.ollama4j.exceptions.OllamaException;
import io.github.ollama4j.models.chat.OllamaChatMessage;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.github.ollama4j.models.chat.OllamaChatResponseModel;
import io.github.ollama4j.models.chat.OllamaChatResult;
import io.github.ollama4j.models.chat.OllamaChatTokenHandler;
import io.github.ollama4j.models.chat.OllamaChatToolCalls;
import io.github.ollama4j.models.embed.OllamaEmbedRequest;
import io.github.ollama4j.models.request.ThinkMode;
import io.github.ollama4j.models.response.Model;
import io.github.ollama4j.tools.Tools;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code io.github.ollama4j:ollama4j}. It runs tools by itself, unless it is told to try that zero times. */
final class Ollama4jLibrary implements Library {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Signalbox signalbox;

    Ollama4jLibrary(Signalbox signalbox) {
        this.signalbox = signalbox;
    }

    private Ollama client() {
        Ollama client = new Ollama(signalbox.address());
        client.setBearerAuth("no-key");
        client.setRequestTimeoutSeconds(20);
        client.setMaxChatToolCallRetries(0);
        return client;
    }

    @Override
    public Told whole(Question question) throws OllamaException {
        OllamaChatResult answer = client().chat(asking(question, call -> ""), null);
        return told(answer, List.of(text(answer)));
    }

    @Override
    public Told streamed(Question question) throws OllamaException {
        return streamed(client(), asking(question, call -> ""));
    }

    private static Told streamed(Ollama client, OllamaChatRequest asking) throws OllamaException {
        List<String> pieces = new ArrayList<>();
        OllamaChatTokenHandler listener =
                line -> Optional.ofNullable(line.getMessage().getResponse()).ifPresent(pieces::add);
        return told(client.chat(asking, listener), pieces);
    }

    /** Servers tell each call in a line of its own, as soon as it is whole; it keeps the last line. */
    @Override
    public List<Told.Call> keptOfStream(List<Told.Call> calls) {
        return calls.subList(calls.size() - 1, calls.size());
    }

    @Override
    public Told conversing(Question question, Function<Told.Call, String> tools) throws OllamaException {
        OllamaChatResult answer = calling().chat(asking(question, tools), null);
        return told(answer, List.of(text(answer)));
    }

    @Override
    public Told conversingInStreams(Question question, Function<Told.Call, String> tools) throws OllamaException {
        return streamed(calling(), asking(question, tools));
    }

    /** Runs tools, once. */
    private Ollama calling() {
        Ollama client = client();
        client.setMaxChatToolCallRetries(1);
        return client;
    }

    @Override
    public void leaving(Question question) {
        OllamaChatTokenHandler leaving = line -> {
            throw new Left();
        };
        try {
            client().chat(asking(question, call -> ""), leaving);
            throw new AssertionError("there was no first piece");
        } catch (OllamaException left) {
            // as it should be: whoever listens cannot leave in any other way
        }
    }

    /** Somebody has heard enough. */
    private static final class Left extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    @Override
    public List<float[]> vectors(String model, List<String> texts) throws OllamaException {
        List<List<Double>> all =
                client().embed(new OllamaEmbedRequest(model, texts)).getEmbeddings();
        return all.stream().map(Ollama4jLibrary::vector).toList();
    }

    private static float[] vector(List<Double> numbers) {
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.get(i).floatValue();
        }
        return vector;
    }

    @Override
    public List<String> models() throws OllamaException {
        return client().listModels().stream().map(Model::getName).toList();
    }

    private static OllamaChatRequest asking(Question question, Function<Told.Call, String> tools) {
        List<byte[]> images =
                question.wants(Wish.IMAGE) ? List.of(Base64.getDecoder().decode(Question.IMAGE)) : List.of();
        OllamaChatMessage message = new OllamaChatMessage(OllamaChatMessageRole.USER, Question.TEXT);
        message.setImages(images);
        OllamaChatRequest asking = OllamaChatRequest.builder()
                .withModel(question.model())
                .withMessages(new ArrayList<>(List.of(message)))
                .withThinking(question.wants(Wish.THINKING) ? ThinkMode.ENABLED : ThinkMode.DISABLED);
        if (question.wants(Wish.TOOLS)) {
            asking.withTools(new ArrayList<>(Question.TOOLS.keySet().stream()
                    .sorted()
                    .map(name -> tool(name, tools))
                    .toList()));
        }
        if (question.wants(Wish.FORM)) {
            asking.setFormat(Question.SCHEMA);
        }
        return asking;
    }

    private static Tools.Tool tool(String name, Function<Told.Call, String> tools) {
        Map<String, String> parameter = Question.TOOLS.getOrDefault(name, Map.of());
        String only = parameter.keySet().iterator().next();
        Tools.Property property = Tools.Property.builder()
                .type(parameter.get(only))
                .description("Which.")
                .required(true)
                .build();
        return Tools.Tool.builder()
                .type("function")
                .toolSpec(Tools.ToolSpec.builder()
                        .name(name)
                        .description("What it says.")
                        .parameters(Tools.Parameters.of(Map.of(only, property)))
                        .build())
                .toolFunction(arguments -> tools.apply(new Told.Call(name, json(arguments))))
                .build();
    }

    private static String json(Map<String, Object> arguments) {
        return JSON.valueToTree(arguments).toString();
    }

    private static Told told(OllamaChatResult answer, List<String> pieces) {
        OllamaChatResponseModel last = answer.getResponseModel();
        List<Told.Call> calls = Optional.ofNullable(last.getMessage().getToolCalls()).orElse(List.of()).stream()
                .map(Ollama4jLibrary::call)
                .toList();
        return new Told(
                pieces,
                Optional.ofNullable(last.getMessage().getThinking()).orElse(""),
                calls,
                end(last.getDoneReason(), calls),
                last.getPromptEvalCount(),
                last.getEvalCount());
    }

    private static String text(OllamaChatResult answer) {
        return Optional.ofNullable(answer.getResponseModel().getMessage().getResponse())
                .orElse("");
    }

    private static Told.Call call(OllamaChatToolCalls call) {
        return new Told.Call(
                call.getFunction().getName(), json(call.getFunction().getArguments()));
    }

    private static Told.End end(@Nullable String reason, List<Told.Call> calls) {
        return !calls.isEmpty() ? Told.End.TOOLS : "length".equals(reason) ? Told.End.LENGTH : Told.End.STOP;
    }

    /** It has one exception for everything. */
    @Override
    public String raises(Mishap mishap) {
        return "OllamaException";
    }

    @Override
    public String raisesBroken() {
        return "OllamaException";
    }

    /** It reads what was said for a few statuses only, and for a key that is refused it has a word of its own. */
    @Override
    public String wordsOf(Mishap mishap) {
        return switch (mishap) {
            case WRONG, OVERFLOW, UNKNOWN, FAILED -> mishap.words();
            case KEY_REFUSED -> "Unauthorized";
            default -> "";
        };
    }

    @Override
    public OptionalInt status(Throwable raised) {
        return OptionalInt.empty();
    }

    @Override
    public void close() {}
}
