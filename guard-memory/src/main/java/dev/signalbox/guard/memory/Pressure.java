package dev.signalbox.guard.memory;

import dev.signalbox.api.Target;
import dev.signalbox.spi.Failure;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Which targets and which machines ran out of memory a short while ago, and with how large a context. What happened is
 * kept once; how long it counts is the business of whoever asks. Any thread may use it.
 */
final class Pressure {

    /** So many are remembered: somebody may let any model be asked for. */
    private static final int MOST = 10_000;

    /** What happened to one target or machine, by size of context; the values never change. */
    private final ConcurrentHashMap<String, Map<SizeClass, Mark>> marks = new ConcurrentHashMap<>();

    private final LongSupplier nanoTime;

    Pressure(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A target ran out of memory with a request of about so many tokens, which are counted only where that is asked for. */
    void failed(Target target, String host, LongSupplier tokens, Failure failure, Duration cooldown) {
        SizeClass size = Saying.ofTheModel(failure) ? SizeClass.ANY : SizeClass.of(tokens.getAsLong());
        mark(target.toString(), size, cooldown);
        if (Saying.ofTheMachine(failure) && !host.isEmpty()) {
            mark(machine(host), size, cooldown);
        }
    }

    private void mark(String who, SizeClass size, Duration cooldown) {
        long now = nanoTime.getAsLong();
        if (marks.size() >= MOST && !marks.containsKey(who)) {
            makeRoom(now);
        }
        marks.compute(who, (same, before) -> {
            Map<SizeClass, Mark> after = new TreeMap<>(before == null ? Map.of() : before);
            after.values().removeIf(old -> old.left(now, MemoryGuardFactory.LONGEST) <= 0);
            after.merge(size, new Mark(size, now, 1), (old, fresh) -> old.again(now, cooldown));
            return Map.copyOf(after);
        });
    }

    /** Forgets what is over; where nothing is, what is over first. */
    private void makeRoom(long now) {
        marks.values().removeIf(each -> left(each, now) <= 0);
        if (marks.size() >= MOST) {
            marks.entrySet().stream()
                    .min(Comparator.comparingLong(each -> left(each.getValue(), now)))
                    .ifPresent(each -> marks.remove(each.getKey()));
        }
    }

    /** Nanoseconds for which it may still count for somebody. */
    private static long left(Map<SizeClass, Mark> marks, long now) {
        return marks.values().stream()
                .mapToLong(mark -> mark.left(now, MemoryGuardFactory.LONGEST))
                .max()
                .orElse(0);
    }

    /** A target answered a request of about so many tokens that was let in at that moment. */
    void answered(Target target, LongSupplier tokens, long since) {
        if (marks.isEmpty() || !marks.containsKey(target.toString())) {
            return;
        }
        SizeClass size = SizeClass.of(tokens.getAsLong());
        marks.computeIfPresent(target.toString(), (same, before) -> {
            Map<SizeClass, Mark> after = new TreeMap<>(before);
            after.values().removeIf(mark -> mark.size().compareTo(size) <= 0 && mark.at() - since < 0);
            return after.isEmpty() ? null : Map.copyOf(after);
        });
    }

    /** Whether nothing has ever cooled down, or all is forgotten: then nothing speaks against anybody. */
    boolean isOff() {
        return marks.isEmpty();
    }

    /** Why a request of about so many tokens should not go there; empty if nothing speaks against it. */
    Optional<Cooling> of(Target target, String host, LongSupplier tokens, Duration cooldown) {
        List<Cooling> coolings = Stream.of(target.toString(), machine(host))
                .flatMap(who -> coolings(who, cooldown))
                .toList();
        if (coolings.isEmpty()) {
            return Optional.empty();
        }
        SizeClass size = SizeClass.of(tokens.getAsLong());
        return coolings.stream()
                .filter(cooling -> cooling.mark().size().compareTo(size) <= 0)
                .max(Comparator.comparing(Cooling::left));
    }

    /** Everything that cools down, for those who want to see it. */
    List<Cooling> all(Duration cooldown) {
        return marks.keySet().stream()
                .sorted()
                .flatMap(who -> coolings(who, cooldown))
                .toList();
    }

    private Stream<Cooling> coolings(String who, Duration cooldown) {
        long now = nanoTime.getAsLong();
        return marks.getOrDefault(who, Map.of()).values().stream()
                .filter(mark -> mark.left(now, cooldown) > 0)
                .map(mark -> new Cooling(
                        who,
                        mark,
                        Duration.ofNanos(mark.left(now, cooldown)),
                        Duration.ofNanos(Math.max(0, now - mark.at()))));
    }

    private static String machine(String host) {
        return "the machine " + host;
    }
}
