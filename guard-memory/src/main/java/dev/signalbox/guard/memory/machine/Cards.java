package dev.signalbox.guard.memory.machine;

import dev.signalbox.api.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The graphics cards of a machine, whoever makes them, as the tools of their makers tell of them. Any thread may ask. */
final class Cards {

    private static final long MEBI = 1024 * 1024;
    private static final String NVIDIA = "nvidia-smi";
    private static final String AMD = "rocm-smi";

    private final Commands commands;
    private final Set<String> seen = ConcurrentHashMap.newKeySet(); // tools that have told of cards

    Cards(Commands commands) {
        this.commands = commands;
    }

    /** Whether somebody has told of some. */
    boolean areThere() {
        return !seen.isEmpty();
    }

    /** What is free on all of them together; empty if there is none, or if some that were seen do not tell now. */
    Optional<Measured> free(Deadline deadline) throws InterruptedException {
        Map<String, Long> told = new TreeMap<>();
        nvidia(deadline).ifPresent(bytes -> told.put(NVIDIA, bytes));
        amd(deadline).ifPresent(bytes -> told.put(AMD, bytes));
        seen.addAll(told.keySet());
        return areThere() && told.keySet().containsAll(seen) ? Optional.of(sum(told)) : Optional.empty();
    }

    private static Measured sum(Map<String, Long> told) {
        long bytes = told.values().stream().mapToLong(Long::longValue).sum();
        return new Measured(bytes, false, String.join(" and ", told.keySet()));
    }

    private Optional<Long> nvidia(Deadline deadline) throws InterruptedException {
        return commands.run(List.of(NVIDIA, "--query-gpu=memory.free", "--format=csv,noheader,nounits"), deadline)
                .flatMap(Cards::mebibytes);
    }

    /** Of all figures; empty if there is none. Nothing free is one. */
    private static Optional<Long> mebibytes(String lines) {
        return lines.lines()
                .flatMap(line -> ThisMachine.number(line).stream())
                .reduce(Long::sum)
                .map(free -> free * MEBI);
    }

    private Optional<Long> amd(Deadline deadline) throws InterruptedException {
        return commands.run(List.of(AMD, "--showmeminfo", "vram"), deadline)
                .flatMap(text -> AmdCards.read(text).free());
    }
}
