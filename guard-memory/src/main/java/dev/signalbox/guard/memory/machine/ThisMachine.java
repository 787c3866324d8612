package dev.signalbox.guard.memory.machine;

import dev.signalbox.api.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures the machine the router runs on: the memory of its graphics cards where it has some, three quarters of all on
 * Apple silicon, which shares it, else what is available, within the limits of a container. Any thread may measure.
 */
public final class ThisMachine {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int LOOKS = 20; // five seconds, which is what servers give it that wait for it themselves
    private static final Pattern NUMBER = Pattern.compile("\\s*(\\d{1,15})\\s*");

    private final Commands commands;
    private final LinuxMemory linux;
    private final Cards cards;

    /** Asks these programs, and reads {@code /proc} and {@code /sys} below a folder. */
    public ThisMachine(Commands commands, Path root) {
        this.commands = commands;
        this.linux = new LinuxMemory(root);
        this.cards = new Cards(commands);
    }

    /** The real one. */
    public static ThisMachine real() {
        return new ThisMachine(Commands.REAL, Path.of("/"));
    }

    /**
     * What models can have; empty if nobody tells, which goes for a machine too whose cards were seen and do not tell now:
     * its other memory is none of theirs. Takes a few seconds at most.
     */
    public Optional<Measured> measure() throws InterruptedException {
        Deadline deadline = Deadline.after(PATIENCE);
        Optional<Measured> free = cards.free(deadline);
        return cards.areThere() ? free : shared(deadline);
    }

    /**
     * The same, once it is enough: drivers give memory back a while after whoever had it has gone. After some seconds, or at
     * the deadline, it is what there is.
     */
    public Optional<Measured> measure(Predicate<Measured> enough, Deadline deadline) throws InterruptedException {
        Optional<Measured> measured = measure();
        for (int look = 1;
                look < LOOKS && measured.filter(enough.negate()).isPresent() && !deadline.expired();
                look++) {
            commands.rest(PAUSE);
            measured = measure();
        }
        return measured;
    }

    private Optional<Measured> shared(Deadline deadline) throws InterruptedException {
        Optional<Measured> available = linux.available();
        return available.isPresent() ? available : apple(deadline);
    }

    private Optional<Measured> apple(Deadline deadline) throws InterruptedException {
        boolean silicon = commands.run(List.of("sysctl", "-n", "hw.optional.arm64"), deadline)
                .flatMap(ThisMachine::number)
                .filter(flag -> flag == 1)
                .isPresent();
        return commands.run(List.of("sysctl", "-n", "hw.memsize"), deadline)
                .flatMap(ThisMachine::number)
                .map(all -> silicon
                        ? new Measured(all / 4 * 3, true, "three quarters of hw.memsize")
                        : new Measured(all, true, "hw.memsize"));
    }

    static Optional<Long> number(String text) {
        return Stream.of(NUMBER.matcher(text))
                .filter(Matcher::matches)
                .map(matcher -> Long.parseLong(matcher.group(1)))
                .findFirst();
    }
}
