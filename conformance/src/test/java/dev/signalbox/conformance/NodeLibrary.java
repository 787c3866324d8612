package dev.signalbox.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.conformance.Question.Wish;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;

/** A library of npm's: a script that runs as long as the tests do, and does one thing after the other. */
final class NodeLibrary implements Library {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Function<Mishap, String> names;
    private final String broken;
    private final Process script;
    private final BufferedReader answers;

    /** One whose script is started, and what it calls the errors it raises, and a stream that breaks off. */
    NodeLibrary(Process script, Function<Mishap, String> names, String broken) {
        this.names = names;
        this.broken = broken;
        this.script = script;
        this.answers = new BufferedReader(new InputStreamReader(script.getInputStream(), UTF_8));
    }

    @Override
    public Told whole(Question question) throws IOException {
        return told(act("whole", question, List.of()));
    }

    @Override
    public Told streamed(Question question) throws IOException {
        return told(act("streamed", question, List.of()));
    }

    @Override
    public Told conversing(Question question, Function<Told.Call, String> tools) throws IOException {
        Told calls = told(act("calling", question, List.of()));
        return told(act("answering", question, calls.calls().stream().map(tools).toList()));
    }

    @Override
    public Told conversingInStreams(Question question, Function<Told.Call, String> tools) throws IOException {
        Told calls = told(act("callingInStream", question, List.of()));
        return told(act(
                "answeringInStream", question, calls.calls().stream().map(tools).toList()));
    }

    @Override
    public void leaving(Question question) throws IOException {
        act("leaving", question, List.of());
    }

    @Override
    public List<float[]> vectors(String model, List<String> texts) throws IOException {
        List<float[]> all = new ArrayList<>();
        for (JsonNode vector : act("vectors", Question.to(model), texts)) {
            all.add(JSON.convertValue(vector, float[].class));
        }
        return all;
    }

    @Override
    public long tokens(Question question) throws IOException {
        return act("tokens", question, List.of()).asLong();
    }

    @Override
    public List<String> models() throws IOException {
        List<String> names = new ArrayList<>();
        act("models", Question.to(""), List.of()).forEach(name -> names.add(name.asText()));
        return names;
    }

    /** Does one thing that the script knows, and tells what came of it. */
    JsonNode act(String act, Question question, List<String> more) throws IOException {
        ObjectNode line = JSON.createObjectNode().put("act", act);
        line.set("question", said(question));
        line.set("more", JSON.valueToTree(more));
        script.getOutputStream().write((line + "\n").getBytes(UTF_8));
        script.getOutputStream().flush();
        String answer = Optional.ofNullable(answers.readLine())
                .orElseThrow(() -> new IOException("the script ended; what it said stands above"));
        return done(JSON.readTree(answer));
    }

    private static JsonNode done(JsonNode answer) {
        if (answer.has("unable")) {
            Assumptions.abort("this library has no such thing");
        }
        if (answer.has("raised")) {
            JsonNode raised = answer.path("raised");
            throw new Raised(
                    raised.path("type").asText(),
                    raised.path("status").asInt(),
                    raised.path("message").asText());
        }
        return answer.path("done");
    }

    private static ObjectNode said(Question question) {
        ObjectNode said = JSON.createObjectNode().put("model", question.model()).put("text", Question.TEXT);
        question.wish().ifPresent(wish -> add(wish, said));
        return said;
    }

    private static void add(Wish wish, ObjectNode said) {
        switch (wish) {
            case TOOLS -> said.set("tools", JSON.valueToTree(tools()));
            case IMAGE -> said.put("image", Question.IMAGE);
            case THINKING -> said.put("thinking", true);
            case FORM -> said.set("schema", JSON.valueToTree(Question.SCHEMA));
        }
    }

    private static List<Map<String, Object>> tools() {
        return Question.TOOLS.keySet().stream()
                .sorted()
                .map(name -> Map.of("name", name, "properties", Question.properties(name)))
                .toList();
    }

    private static Told told(JsonNode told) throws IOException {
        return JSON.treeToValue(told, Told.class);
    }

    @Override
    public String raises(Mishap mishap) {
        return names.apply(mishap);
    }

    @Override
    public String raisesBroken() {
        return broken;
    }

    @Override
    public String nameOf(Throwable raised) {
        return raised instanceof Raised error ? error.type : raised.getClass().getSimpleName();
    }

    @Override
    public OptionalInt status(Throwable raised) {
        return raised instanceof Raised error ? OptionalInt.of(error.status) : OptionalInt.empty();
    }

    /** Anthropic's servers have a status of their own for having too much to do, and its library a name for that. */
    @Override
    public int statusOf(Mishap mishap) {
        return raises(mishap).equals("OverloadedError") ? 529 : mishap.status();
    }

    @Override
    public void close() {
        script.destroy();
    }

    /** What the library raised. */
    private static final class Raised extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String type;
        private final int status;

        Raised(String type, int status, String message) {
            super(message);
            this.type = type;
            this.status = status;
        }
    }
}
