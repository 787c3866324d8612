package dev.signalbox.core.room;

import dev.signalbox.api.Cancellation;
import dev.signalbox.api.Deadline;
import dev.signalbox.api.Priority;
import dev.signalbox.api.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A visitor that does as it is told. */
final class Guest implements Visitor {

    /** Lets anybody in. */
    static final Supplier<Answer> OPEN = () -> new Answer.Open(() -> {}, Optional.empty());

    record Way(Target target, List<Gate> gates, Optional<String> host, Supplier<Answer> answer) implements Door {
        @Override
        public Answer ask() {
            return answer.get();
        }
    }

    final Cancellation cancellation = Cancellation.create();
    final List<String> told = new ArrayList<>();
    int assessed;
    private final List<Door> doors = new ArrayList<>();
    private Optional<List<? extends Door>> ahead = Optional.empty();
    private Runnable meanwhile = () -> {};
    private Priority priority = Priority.NORMAL;
    private Duration patience = Duration.ofSeconds(60);
    private Deadline until = Deadline.never();

    /** To that model, past these gates. */
    static Guest to(String model, Gate... gates) {
        return new Guest().or(model, OPEN, gates);
    }

    static Guest asking(Supplier<Answer> answer, Gate... gates) {
        return new Guest().or("model", answer, gates);
    }

    static Answer later(String reason) {
        return new Answer.Later(reason, Optional.empty());
    }

    /** Open, but only with the host's slot. */
    static Supplier<Answer> preparingOn(String host) {
        return () -> new Answer.Open(() -> {}, Optional.of(host));
    }

    Guest or(String model, Supplier<Answer> answer, Gate... gates) {
        doors.add(new Way(new Target("some", model), List.of(gates), Optional.empty(), answer));
        return this;
    }

    /** A model on a machine that others use, too. */
    static Guest on(String host, Supplier<Answer> answer, Gate... gates) {
        Guest guest = new Guest();
        guest.doors.add(new Way(new Target("some", "model"), List.of(gates), Optional.of(host), answer));
        return guest;
    }

    Guest or(String model, Gate... gates) {
        return or(model, OPEN, gates);
    }

    Guest as(Priority other) {
        priority = other;
        return this;
    }

    Guest patient(Duration maxOvertaken) {
        patience = maxOvertaken;
        return this;
    }

    Guest until(Deadline deadline) {
        until = deadline;
        return this;
    }

    @Override
    public Priority priority() {
        return priority;
    }

    @Override
    public Duration maxOvertaken() {
        return patience;
    }

    @Override
    public Deadline until() {
        return until;
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    /** It has its doors told before it goes in, as they are then. */
    Guest lookingAhead() {
        ahead = Optional.of(doors());
        return this;
    }

    /** The same, and that happens before it goes in. */
    Guest lookingAhead(Runnable happening) {
        meanwhile = happening;
        return lookingAhead();
    }

    @Override
    public Optional<List<? extends Door>> foreseen() {
        meanwhile.run();
        return ahead;
    }

    @Override
    public List<Door> doors() {
        assessed++;
        return List.copyOf(doors);
    }

    @Override
    public void waits(int position, String reason) {
        told.add(position + " " + reason);
    }
}
