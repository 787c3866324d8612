package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.Dialect;
import dev.signalbox.api.frame.Frame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells one answer in {@code ollama.chat} or {@code ollama.generate}. Calls of tools are told once they are whole. */
final class OllamaAnswerWriter implements AnswerWriter {

    /** A call whose arguments come. */
    private record Call(AnswerEvent.CallStarted start, StringBuilder arguments) {}

    private final boolean chat;
    private final boolean loads; // what the model says is nobody's
    private final AnswerFacts facts;
    private final Map<Integer, Call> calls = new LinkedHashMap<>(0); // those that are not told yet, by number
    private final OllamaTimes times;
    private final Held held = new Held("its tool calls have more than %,d characters");
    private Tokens tokens = Tokens.UNKNOWN;
    private Finish finish = Finish.of(Finish.Reason.OTHER, "");

    OllamaAnswerWriter(Dialect dialect, Chat asked, AnswerFacts facts) {
        this.chat = dialect.equals(Dialect.OLLAMA_CHAT);
        this.loads = OllamaRequest.loads(asked);
        this.facts = facts;
        this.times = new OllamaTimes(facts.took());
    }

    @Override
    public void tell(AnswerEvent event, Consumer<? super Frame> out) {
        if (!loads || event instanceof AnswerEvent.Ping) {
            told(event, out);
        }
    }

    private void told(AnswerEvent event, Consumer<? super Frame> out) {
        switch (event) {
            case AnswerEvent.Text more -> more(more.text(), "", out);
            case AnswerEvent.Refusal more -> more(more.text(), "", out);
            case AnswerEvent.Thinking more when more.text().isEmpty() -> {} // its signature has no word either
            case AnswerEvent.Thinking more -> more("", more.text(), out);
            case AnswerEvent.CallStarted call -> begin(call);
            case AnswerEvent.CallArguments more
            when calls.containsKey(more.call()) -> arguments(calls.get(more.call()), more.json());
            case AnswerEvent.CallEnded call when calls.containsKey(call.call()) -> call(calls.remove(call.call()), out);
            case AnswerEvent.Logprobs more -> {
                ObjectNode line = line("", "");
                line.set("logprobs", more.tokens());
                tell(line, out);
            }
            case AnswerEvent.Counted counted -> tokens = counted.tokens().after(tokens);
            case AnswerEvent.Stopped stopped -> finish = stopped.finish();
            case AnswerEvent.Ping ignored -> tell(line("", ""), out);
            case AnswerEvent.Signature ignored -> lost("signature");
            case AnswerEvent.Redacted ignored -> lost("redacted_thinking");
            default -> {} // has no word in this dialect
        }
    }

    private void begin(AnswerEvent.CallStarted call) {
        times.begin();
        if (held.takes(InOrder.size(call))) {
            calls.put(call.call(), new Call(call, new StringBuilder()));
        }
    }

    private void arguments(Call call, String more) {
        if (held.takes(more.length())) {
            call.arguments().append(more);
        }
    }

    @Override
    public Optional<String> failure() {
        return held.failure();
    }

    private void lost(String what) {
        facts.note().accept("the answer lost " + what);
    }

    private void more(String text, String thought, Consumer<? super Frame> out) {
        times.begin();
        tell(line(text, thought), out);
    }

    private static void tell(ObjectNode line, Consumer<? super Frame> out) {
        out.accept(Frame.line(Frames.text(line.put("done", false))));
    }

    private void call(Call call, Consumer<? super Frame> out) {
        if (chat) { // nobody can ask for calls with one prompt
            ObjectNode line = line("", "");
            AnswerEvent.CallStarted start = call.start();
            ArrayNode all = line.withObjectProperty("message").putArray("tool_calls");
            call(start.call(), start.id(), start.name(), call.arguments().toString(), all);
            tell(line, out);
        }
    }

    private void call(int number, String id, String name, String arguments, ArrayNode all) {
        ObjectNode call = all.addObject().put("id", id.isEmpty() ? "call_" + facts.id() + "_" + number : id);
        call.putObject("function")
                .put("index", number)
                .put("name", name)
                .set("arguments", AnthropicBlocks.input(arguments));
    }

    private ObjectNode line(String text, String thought) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("model", facts.model());
        line.put("created_at", facts.now().get().toString());
        ObjectNode said = line;
        if (chat) {
            said = line.putObject("message").put("role", "assistant").put("content", text);
        } else {
            line.put("response", text);
        }
        if (!thought.isEmpty()) {
            said.put("thinking", thought);
        }
        return line;
    }

    @Override
    public void end(Consumer<? super Frame> out) {
        calls.values().forEach(call -> call(call, out));
        calls.clear();
        out.accept(Frame.line(Frames.text(done(line("", ""), finish, tokens))));
    }

    private ObjectNode done(ObjectNode line, Finish why, Tokens took) {
        line.put("done", true).put("done_reason", loads ? "load" : OllamaFinish.write(why));
        if (!loads) {
            times.write(took, line);
        }
        return line;
    }

    @Override
    public JsonNode whole(Answer answer) {
        StringBuilder text = new StringBuilder();
        StringBuilder thought = new StringBuilder();
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Part part : loads ? List.<Part>of() : answer.parts()) {
            switch (part) {
                case Part.Text more -> text.append(more.text());
                case Part.Refusal more -> text.append(more.text());
                case Part.Thinking more -> {
                    thought.append(more.text());
                    if (!more.signature().isEmpty()) {
                        lost("signature");
                    }
                }
                case Part.Redacted ignored -> lost("redacted_thinking");
                case Part.ToolCall call -> call(all.size(), call.id(), call.name(), call.arguments(), all);
                default -> {} // has no word in this dialect
            }
        }
        ObjectNode whole = line(text.toString(), thought.toString());
        if (chat && !all.isEmpty()) {
            whole.withObjectProperty("message").set("tool_calls", all);
        }
        answer.logprobs().ifPresent(probabilities -> whole.set("logprobs", probabilities));
        return done(whole, answer.finish(), answer.tokens());
    }
}
