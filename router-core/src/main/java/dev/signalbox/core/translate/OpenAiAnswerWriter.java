package dev.signalbox.core.translate;

import static dev.signalbox.api.JsonText.quote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.frame.Frame;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells one answer in {@code openai.chat}. */
final class OpenAiAnswerWriter implements AnswerWriter {

    private final String head;
    private final String id;
    private final AnswerFacts facts;
    private final boolean usageWanted;
    private final OpenAiCallDeltas calls;
    private Tokens tokens = Tokens.UNKNOWN;
    private Finish finish = Finish.of(Finish.Reason.OTHER, "");
    private boolean begun;

    OpenAiAnswerWriter(Chat asked, AnswerFacts facts) {
        this.facts = facts;
        this.id = "chatcmpl-" + facts.id();
        this.usageWanted = asked.usageWanted();
        this.calls = new OpenAiCallDeltas(asked, facts);
        this.head = "{\"id\":%s,\"object\":\"chat.completion.chunk\",\"created\":%d,\"model\":%s,\"choices\":["
                .formatted(quote(id), facts.now().get().getEpochSecond(), quote(facts.model()));
    }

    @Override
    public void tell(AnswerEvent event, Consumer<? super Frame> out) {
        switch (event) {
            case AnswerEvent.Text more -> delta("{\"content\":" + quote(more.text()) + "}", out);
            case AnswerEvent.Thinking more when more.text().isEmpty() -> {} // its signature has no word either
            case AnswerEvent.Thinking more -> delta("{\"reasoning_content\":" + quote(more.text()) + "}", out);
            case AnswerEvent.Refusal more -> delta("{\"refusal\":" + quote(more.text()) + "}", out);
            case AnswerEvent.CallStarted call -> calls.started(call, delta -> delta(delta, out));
            case AnswerEvent.CallArguments more -> calls.arguments(more, delta -> delta(delta, out));
            case AnswerEvent.CallEnded call -> calls.ended(call.call(), delta -> delta(delta, out));
            case AnswerEvent.Logprobs more ->
                choice("{}", ",\"logprobs\":{\"content\":" + more.tokens() + ",\"refusal\":null}", "null", out);
            case AnswerEvent.Stopped stopped -> finish = stopped.finish(); // some say more after it
            case AnswerEvent.Counted counted -> tokens = counted.tokens().after(tokens);
            case AnswerEvent.Ping ignored -> out.accept(Frame.comment("ping"));
            case AnswerEvent.Signature ignored -> lost("signature");
            case AnswerEvent.Redacted ignored -> lost("redacted_thinking");
            default -> {} // has no word in this dialect
        }
    }

    @Override
    public Optional<String> failure() {
        return calls.failure();
    }

    private void lost(String what) {
        facts.note().accept("the answer lost " + what);
    }

    private void delta(String delta, Consumer<? super Frame> out) {
        choice(delta, "", "null", out);
    }

    private void choice(String delta, String more, String finish, Consumer<? super Frame> out) {
        if (!begun) {
            begun = true;
            choice("{\"role\":\"assistant\",\"content\":\"\"}", "", "null", out);
        }
        String choice = "{\"index\":0,\"delta\":" + delta + more + ",\"finish_reason\":" + finish + "}]";
        out.accept(Frame.data(head + choice + "}"));
    }

    @Override
    public void end(Consumer<? super Frame> out) {
        calls.allEnded(delta -> delta(delta, out));
        choice("{}", "", quote(calls.finish(finish)), out);
        if (usageWanted) {
            out.accept(Frame.data(head + "],\"usage\":" + OpenAiUsage.write(tokens) + "}"));
        }
        out.accept(Frame.data("[DONE]"));
    }

    @Override
    public JsonNode whole(Answer answer) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("id", id).put("object", "chat.completion");
        whole.put("created", facts.now().get().getEpochSecond()).put("model", facts.model());
        ObjectNode choice = whole.putArray("choices").addObject().put("index", 0);
        message(answer, choice.putObject("message"));
        answer.logprobs()
                .ifPresent(all -> choice.putObject("logprobs")
                        .<ObjectNode>set("content", all)
                        .putNull("refusal"));
        choice.put("finish_reason", calls.finish(answer.finish()));
        whole.set("usage", OpenAiUsage.write(answer.tokens()));
        return whole;
    }

    private void message(Answer answer, ObjectNode message) {
        StringBuilder text = new StringBuilder();
        StringBuilder thought = new StringBuilder();
        StringBuilder refusal = new StringBuilder();
        boolean called = false;
        for (Part part : answer.parts()) {
            switch (part) {
                case Part.Text more -> text.append(more.text());
                case Part.Thinking more -> {
                    thought.append(more.text());
                    if (!more.signature().isEmpty()) {
                        lost("signature");
                    }
                }
                case Part.Redacted ignored -> lost("redacted_thinking");
                case Part.Refusal more -> refusal.append(more.text());
                case Part.ToolCall ignored -> called = true; // told below
                default -> {} // has no word in this dialect
            }
        }
        message.put("role", "assistant");
        message.put("content", text.isEmpty() && (called || !refusal.isEmpty()) ? null : text.toString());
        message.put("refusal", refusal.isEmpty() ? null : refusal.toString());
        if (!thought.isEmpty()) {
            message.put("reasoning_content", thought.toString());
        }
        calls.whole(answer, message);
    }
}
