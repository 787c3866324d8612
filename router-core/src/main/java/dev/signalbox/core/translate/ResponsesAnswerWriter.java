package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.frame.Frame;
import dev.signalbox.core.translate.Finish.Reason;
import dev.signalbox.core.translate.Sampling.Knob;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Tells one answer in {@code openai.responses}: the whole of it is what the last event of a stream holds. */
final class ResponsesAnswerWriter implements AnswerWriter {

    /** What a client asks with, and finds again in the answer. */
    private static final Set<String> TOLD_AGAIN = Set.of("metadata", "prompt_cache_key", "prompt_cache_retention");

    private final ResponsesEvents events = new ResponsesEvents();
    private final InOrder inOrder;
    private final ResponsesOutput output;
    private final Consumer<String> note;
    private final ObjectNode response = JsonNodeFactory.instance.objectNode();
    private Tokens tokens = Tokens.UNKNOWN;
    private Finish finish = Finish.of(Reason.OTHER, "");
    private final Held held = new Held("it has more than %,d characters, and its end would repeat them");
    private boolean begun;

    ResponsesAnswerWriter(Chat asked, AnswerFacts facts) {
        this.note = facts.note();
        this.inOrder = new InOrder(note);
        this.output = new ResponsesOutput(facts.id(), ResponsesNames.of(asked.tools()), events, note);
        head(asked, facts);
    }

    private void head(Chat asked, AnswerFacts facts) {
        response.put("id", "resp_" + facts.id()).put("object", "response");
        response.put("created_at", facts.now().get().getEpochSecond());
        response.put("status", "in_progress").put("background", false);
        response.putNull("error").putNull("incomplete_details").putNull("instructions");
        response.putNull("max_output_tokens").put("model", facts.model()).putArray("output");
        response.put("parallel_tool_calls", true).putNull("previous_response_id");
        response.putObject("reasoning").<ObjectNode>set("effort", effort(asked)).putNull("summary");
        response.put("store", false);
        response.set("temperature", knob(asked, Knob.TEMPERATURE));
        response.putObject("text").putObject("format").put("type", "text");
        response.put("tool_choice", "auto").putArray("tools");
        response.set("top_p", knob(asked, Knob.TOP_P));
        response.put("truncation", "disabled").putNull("usage");
        response.putNull("user").putObject("metadata");
        asked.sampling().most().ifPresent(most -> response.put("max_output_tokens", most));
        asked.user().write(response);
        Losses nothing = new Losses(); // what the client asked is in its own words
        ResponsesChatWriter.form(asked.form(), response, nothing);
        ResponsesTools.write(asked.tools(), response, nothing);
        asked.origin().rest().forEach(this::again);
    }

    private void again(String member, JsonNode asked) {
        if (TOLD_AGAIN.contains(member)) {
            response.set(member, asked);
        } else if (member.equals("text.verbosity")) {
            response.withObjectProperty("text").set("verbosity", asked);
        }
    }

    private JsonNode effort(Chat asked) {
        String effort = Efforts.said(asked.reasoning(), Budgets.USUAL);
        return effort.isEmpty() ? response.nullNode() : response.textNode(effort);
    }

    private JsonNode knob(Chat asked, Knob knob) {
        return asked.sampling().knobs().getOrDefault(knob, response.nullNode());
    }

    @Override
    public void tell(AnswerEvent event, Consumer<? super Frame> out) {
        switch (event) {
            case AnswerEvent.Ping ignored -> out.accept(Frame.comment("ping"));
            case AnswerEvent.Counted counted -> tokens = counted.tokens().after(tokens);
            case AnswerEvent.Stopped stopped -> finish = stopped.finish();
            default -> {
                begin(out);
                if (held.takes(InOrder.size(event))) {
                    inOrder.take(event, next -> write(next, out));
                }
            }
        }
    }

    @Override
    public Optional<String> failure() {
        return held.failure().or(inOrder::failure);
    }

    private void write(AnswerEvent event, Consumer<? super Frame> out) {
        switch (event) {
            case AnswerEvent.Text more -> output.text(more.text(), out);
            case AnswerEvent.Refusal more -> output.refusal(more.text(), out);
            case AnswerEvent.Thinking more -> output.thinking(more.text(), out);
            case AnswerEvent.Signature signature -> output.sign(signature.signature(), out);
            case AnswerEvent.Redacted redacted -> output.redacted(redacted.data(), out);
            case AnswerEvent.PartEnded ignored -> output.partEnded(out);
            case AnswerEvent.CallStarted call -> output.call(call.call(), call.id(), call.name(), out);
            case AnswerEvent.CallArguments more -> output.arguments(more.call(), more.json(), out);
            case AnswerEvent.CallEnded call -> output.callEnded(call.call(), out);
            case AnswerEvent.Logprobs more -> output.logprobs(more.tokens());
            default -> {} // has no word in this dialect
        }
    }

    private void begin(Consumer<? super Frame> out) {
        if (!begun) {
            begun = true;
            events.say("response.created", ",\"response\":" + Frames.text(response), out);
            events.say("response.in_progress", ",\"response\":" + Frames.text(response), out);
        }
    }

    @Override
    public void end(Consumer<? super Frame> out) {
        begin(out);
        inOrder.end(next -> write(next, out));
        noteOtherFinish();
        String why = cut();
        output.close(!why.isEmpty(), out);
        response.put("status", why.isEmpty() ? "completed" : "incomplete");
        if (!why.isEmpty()) {
            response.putObject("incomplete_details").put("reason", why);
        }
        response.set("output", output.items());
        response.set("usage", ResponsesUsage.write(tokens));
        events.say(
                why.isEmpty() ? "response.completed" : "response.incomplete",
                ",\"response\":" + Frames.text(response),
                out);
    }

    /** Why there is not more of it; empty if it is complete. */
    private String cut() {
        return switch (finish.reason()) {
            case LENGTH, CONTEXT -> "max_output_tokens";
            case REFUSED -> "content_filter";
            case END, STOP_TEXT, TOOLS, OTHER -> "";
        };
    }

    /** Clients know two words for it, and may take any other one for a failure. */
    private void noteOtherFinish() {
        if (finish.reason() == Reason.OTHER && !finish.raw().isEmpty()) {
            note.accept("the answer lost why it ended: " + finish.raw());
        }
    }

    @Override
    public JsonNode whole(Answer answer) {
        Consumer<Frame> nobody = frame -> {};
        tokens = answer.tokens();
        finish = answer.finish();
        answer.logprobs().ifPresent(output::logprobs); // stand beside the first text
        int call = 0;
        for (Part part : answer.parts()) {
            part(part, call, nobody);
            call += part instanceof Part.ToolCall ? 1 : 0;
            output.partEnded(nobody);
        }
        end(nobody);
        return response;
    }

    private void part(Part part, int call, Consumer<? super Frame> out) {
        switch (part) {
            case Part.Text text -> output.text(text.text(), out);
            case Part.Refusal refusal -> output.refusal(refusal.text(), out);
            case Part.Thinking thought -> {
                output.thinking(thought.text(), out);
                if (!thought.signature().isEmpty()) {
                    output.sign(thought.signature(), out);
                }
            }
            case Part.Redacted redacted -> output.redacted(redacted.data(), out);
            case Part.ToolCall told -> {
                output.call(call, told.id(), told.name(), out);
                output.arguments(call, told.arguments(), out);
                output.callEnded(call, out);
            }
            default -> {} // no part of an answer
        }
    }
}
