package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells the tool calls of one reply of OpenAI's dialect apart. Servers number them, or name them, or neither; some give
 * all the same number; a name may come late, or twice. One thread uses it.
 */
final class OpenAiCalls {

    /** One call, which is told of once it has a name. */
    private static final class Call {
        private final int index;
        private String id;
        private String name = "";
        private final StringBuilder early = new StringBuilder(0); // arguments that came before the name
        private int number = UNTOLD;

        Call(int index, String id) {
            this.index = index;
            this.id = id;
        }
    }

    private static final int UNTOLD = -1;

    private final List<Call> calls = new ArrayList<>(0);
    private final Held held = new Held("its tool calls have more than %,d characters before their names");
    private int told;
    private int ended;

    /** What a delta or a message says of them. */
    void read(JsonNode said, Consumer<? super AnswerEvent> out) {
        for (JsonNode call : said.path("tool_calls")) {
            String type = call.path("type").asText("function");
            if (type.equals("function") || type.isEmpty()) {
                read(of(call), call.path("function"), out);
            } else {
                out.accept(new AnswerEvent.Lost("tool_calls." + type));
            }
        }
        if (said.path("function_call").isObject()) {
            read(calls.isEmpty() ? add(0, "") : calls.getLast(), said.path("function_call"), out);
        }
    }

    private Call of(JsonNode said) {
        String id = said.path("id").asText("");
        int index = said.path("index").isInt() ? said.path("index").intValue() : -1;
        for (Call call : calls.reversed()) {
            boolean same = index >= 0 ? call.index == index : !id.isEmpty() && call.id.equals(id);
            if (same) {
                return another(call, id, said) ? add(index, id) : call;
            }
        }
        boolean more = index < 0 && id.isEmpty() && !named(said) && !calls.isEmpty();
        return more ? calls.getLast() : add(index, id);
    }

    /** The number is the same, but the name is not: this is the next call. */
    private static boolean another(Call call, String id, JsonNode said) {
        return !id.isEmpty() && !call.id.isEmpty() && !call.id.equals(id) && named(said);
    }

    private static boolean named(JsonNode said) {
        return !said.path("function").path("name").asText("").isEmpty();
    }

    private Call add(int index, String id) {
        Call call = new Call(index, id);
        calls.add(call);
        return call;
    }

    private void read(Call call, JsonNode function, Consumer<? super AnswerEvent> out) {
        if (call.name.isEmpty()) {
            call.name = function.path("name").asText("");
        }
        JsonNode arguments = function.path("arguments");
        String more = arguments.isObject() ? arguments.toString() : arguments.asText("");
        if (call.name.isEmpty()) {
            if (held.takes(more.length())) {
                call.early.append(more);
            }
            return;
        }
        begin(call, out);
        if (!more.isEmpty()) {
            out.accept(new AnswerEvent.CallArguments(call.number, more));
        }
    }

    /** Why the rest cannot be told apart; empty as long as it can. */
    Optional<String> failure() {
        return held.failure().or(() -> Crowd.failure(calls.size()));
    }

    private void begin(Call call, Consumer<? super AnswerEvent> out) {
        if (call.number == UNTOLD) {
            call.number = told;
            told++;
            out.accept(new AnswerEvent.CallStarted(call.number, call.id, call.name));
            if (!call.early.isEmpty()) {
                out.accept(new AnswerEvent.CallArguments(call.number, call.early.toString()));
            }
        }
    }

    /** The model has finished: so have the calls. */
    void end(Consumer<? super AnswerEvent> out) {
        for (; ended < calls.size(); ended++) {
            int number = calls.get(ended).number;
            if (number != UNTOLD) {
                out.accept(new AnswerEvent.CallEnded(number));
            } else {
                out.accept(new AnswerEvent.Lost("a tool call without a name"));
            }
        }
    }
}
