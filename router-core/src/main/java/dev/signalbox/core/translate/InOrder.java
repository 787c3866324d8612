package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts the parts of an answer one after the other. Nearly every backend tells them so, and then nothing waits; only what
 * belongs to a later part while the arguments of a call are still incomplete, or have not begun to come, is held back until
 * they are there or the call has ended. What would be too much to hold is not told at all. One thread uses it.
 */
final class InOrder {

    private static final int NONE = -1;
    private static final int MOST_HELD = 1 << 20; // characters

    private final Consumer<String> note;
    private final Deque<AnswerEvent> held = new ArrayDeque<>(0);
    private long heldSize;
    private int call = NONE; // the call whose arguments come
    private JsonEnd arguments = new JsonEnd();
    private boolean tooMuch;

    /**
     * Puts one answer in order.
     *
     * @param note takes what is to be said of it in the trace
     */
    InOrder(Consumer<String> note) {
        this.note = note;
    }

    /** Hands an event on, and whatever waited for it. */
    void take(AnswerEvent event, Consumer<? super AnswerEvent> next) {
        if (tooMuch) {
            return;
        }
        passOrHold(event, next);
        while (!held.isEmpty() && (call == NONE || arguments.complete())) {
            letGo(next);
        }
        if (heldSize > MOST_HELD) {
            tooMuch = true;
            held.clear();
        }
    }

    /** Why the rest cannot be told; empty as long as it can. */
    Optional<String> failure() {
        return tooMuch
                ? Optional.of("its parts are mixed: more than %,d characters came before a tool call was complete"
                        .formatted(MOST_HELD))
                : Optional.empty();
    }

    private void passOrHold(AnswerEvent event, Consumer<? super AnswerEvent> next) {
        if (mayPass(event)) {
            pass(event, next);
        } else {
            held.add(event);
            heldSize += size(event);
        }
    }

    private boolean mayPass(AnswerEvent event) {
        boolean ofThisCall = switch (event) {
            case AnswerEvent.CallArguments more -> more.call() == call;
            case AnswerEvent.CallEnded ended -> ended.call() == call;
            default -> false;
        };
        return ofThisCall || (held.isEmpty() && (call == NONE || arguments.complete()));
    }

    private void pass(AnswerEvent event, Consumer<? super AnswerEvent> next) {
        switch (event) {
            case AnswerEvent.CallStarted started -> {
                call = started.call();
                arguments = new JsonEnd();
            }
            case AnswerEvent.CallArguments more when more.call() == call -> arguments.take(more.json());
            case AnswerEvent.CallArguments more -> {
                late(more);
                return;
            }
            case AnswerEvent.CallEnded ended when ended.call() == call -> call = NONE;
            case AnswerEvent.Text ignored -> call = NONE; // a part of its own, so the call is over
            case AnswerEvent.Thinking ignored -> call = NONE;
            case AnswerEvent.Refusal ignored -> call = NONE;
            case AnswerEvent.Redacted ignored -> call = NONE;
            default -> {} // is no concern of a call's
        }
        next.accept(event);
    }

    /** Its arguments were complete: more of them would make no JSON, and stand in a part that is closed. */
    private void late(AnswerEvent.CallArguments more) {
        if (!more.json().isBlank()) {
            note.accept("the answer lost arguments of a call: they came late");
        }
    }

    /** What waited goes its way once more, the first of it at least; what still has to wait does. */
    private void letGo(Consumer<? super AnswerEvent> next) {
        Deque<AnswerEvent> waiting = new ArrayDeque<>(held);
        held.clear();
        heldSize = 0;
        waiting.forEach(event -> passOrHold(event, next));
    }

    /** The backend has nothing more to say: no call gets more arguments. */
    void end(Consumer<? super AnswerEvent> next) {
        while (!held.isEmpty()) {
            call = NONE;
            letGo(next);
        }
    }

    /** About how many characters an event takes while it is held. */
    static int size(AnswerEvent event) {
        return switch (event) {
            case AnswerEvent.CallStarted call ->
                call.id().length() + call.name().length() + 64;
            case AnswerEvent.CallArguments more -> more.json().length() + 32;
            case AnswerEvent.Text more -> more.text().length() + 32;
            case AnswerEvent.Thinking more -> more.text().length() + 32;
            case AnswerEvent.Refusal more -> more.text().length() + 32;
            case AnswerEvent.Redacted thought -> thought.data().data().length() + 32;
            case AnswerEvent.Signature seal -> seal.signature().data().length() + 32;
            case AnswerEvent.Logprobs more -> characters(more.tokens());
            default -> 64;
        };
    }

    /** Words are as long as a server likes, and it may say of them what it likes. */
    private static int characters(JsonNode said) {
        int characters = 4;
        if (said.isTextual()) {
            characters += said.textValue().length();
        } else if (said.isNumber()) {
            characters += said.decimalValue().precision();
        }
        for (Map.Entry<String, JsonNode> member : said.properties()) {
            characters += member.getKey().length() + characters(member.getValue());
        }
        for (JsonNode element : said.isArray() ? said : List.<JsonNode>of()) {
            characters += characters(element);
        }
        return characters;
    }
}
