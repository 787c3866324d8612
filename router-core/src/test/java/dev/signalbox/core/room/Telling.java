package dev.signalbox.core.room;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Priority;
import java.time.Duration;
import java.util.List;

/** A guest that does something when it is told that it waits. */
record Telling(Guest guest, Runnable whenTold) implements Visitor {

    @Override
    public Priority priority() {
        return guest.priority();
    }

    @Override
    public Duration maxOvertaken() {
        return guest.maxOvertaken();
    }

    @Override
    public Deadline until() {
        return guest.until();
    }

    @Override
    public Cancellation cancellation() {
        return guest.cancellation();
    }

    @Override
    public List<Door> doors() {
        return guest.doors();
    }

    @Override
    public void waits(int position, String reason) {
        whenTold.run();
    }
}
