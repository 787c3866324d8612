package dev.signalbox.core.room;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Priority;
import dev.signalbox.api.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Wants a host's slot and nothing else: it visits the room like a request, through a door without gates. */
record SlotVisitor(String machine, Deadline until, Cancellation cancellation) implements Visitor, Door {

    private static final Duration MAX_OVERTAKEN = Duration.ofSeconds(60);

    SlotVisitor(String machine, Deadline until) {
        this(machine, until, Cancellation.create());
    }

    @Override
    public Priority priority() {
        return Priority.NORMAL;
    }

    @Override
    public Duration maxOvertaken() {
        return MAX_OVERTAKEN;
    }

    @Override
    public List<Door> doors() {
        return List.of(this);
    }

    @Override
    public void waits(int position, String reason) {}

    /** No target: a backend's name has no brackets. */
    @Override
    public Target target() {
        return new Target("(host)", machine);
    }

    @Override
    public List<Gate> gates() {
        return List.of();
    }

    @Override
    public Answer ask() {
        return new Answer.Open(() -> {}, Optional.of(machine));
    }
}
