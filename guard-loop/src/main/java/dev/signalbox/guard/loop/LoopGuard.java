package dev.signalbox.guard.loop;

import dev.signalbox.api.Capability;
import dev.signalbox.api.Edit;
import dev.signalbox.spi.Guard;
import dev.signalbox.spi.PerProfile;
import dev.signalbox.spi.PluginConfig;
import dev.signalbox.spi.Refusal;
import dev.signalbox.spi.RequestView;
import dev.signalbox.spi.RequestView.ToolCall;
import dev.signalbox.spi.Ruling;
import dev.signalbox.spi.Screening;
import java.util.List;

/** Notices that a model calls the same tool with the same arguments again and again. Remembers nothing. */
record LoopGuard(PerProfile<Manner> manners) implements Guard {

    LoopGuard(PluginConfig general) {
        this(new PerProfile<>(profile -> Manner.of(general, profile)));
    }

    @Override
    public Ruling screen(Screening screening) {
        Manner manner = manners.of(screening.settings());
        RequestView request = screening.request();
        // who is offered no tools cannot go on calling them; to know that, the conversation need not be read
        if (!manner.looks() || !request.needs().contains(Capability.TOOLS)) {
            return Ruling.pass();
        }
        List<ToolCall> calls = request.toolCalls();
        if (manner.maxCalls().filter(most -> calls.size() > most).isPresent()) {
            return Ruling.refuse(tooMany(calls.size(), manner));
        }
        return manner.action() == Action.OFF
                ? Ruling.pass()
                : Streak.of(calls, manner.window(), manner.threshold())
                        .map(streak -> ruling(request, streak, manner))
                        .orElseGet(Ruling::pass);
    }

    private static Ruling ruling(RequestView request, Streak streak, Manner manner) {
        String seen = "the tool %s was called %d times in a row with the same arguments"
                .formatted(streak.tool(), streak.length());
        return switch (manner.action()) {
            case OFF -> Ruling.pass();
            case WARN -> Ruling.pass(seen);
            case INJECT -> {
                List<Edit> edits = request.appendInstruction(manner.instruction());
                yield edits.isEmpty() ? Ruling.pass(seen) : Ruling.edit(edits, seen + "; the model is told");
            }
            case REFUSE -> Ruling.refuse(circle(seen, streak, manner));
        };
    }

    private static Refusal circle(String seen, Streak streak, Manner manner) {
        return Refusal.of(
                        Refusal.Kind.BAD_REQUEST,
                        "The conversation goes round in circles: %s. Take the last calls out of it, say something that leads"
                                        .formatted(seen)
                                + " elsewhere in their place, or begin a new one.")
                .with("reason", "tool_loop")
                .with("tool", streak.tool())
                .with("repeated", Integer.toString(streak.length()))
                .with("threshold", Integer.toString(manner.threshold()))
                .with("window", Integer.toString(manner.window()));
    }

    private static Refusal tooMany(int calls, Manner manner) {
        String most = Long.toString(manner.maxCalls().orElseThrow());
        return Refusal.of(
                        Refusal.Kind.BAD_REQUEST,
                        "The conversation holds %d tool calls, of which at most %s are allowed. Begin a new one, or one that is shorter."
                                .formatted(calls, most))
                .with("reason", "tool_calls")
                .with("calls", Integer.toString(calls))
                .with("max_calls", most);
    }
}
