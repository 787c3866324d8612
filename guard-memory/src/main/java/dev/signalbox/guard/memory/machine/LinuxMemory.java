package dev.signalbox.guard.memory.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What Linux says is available: the page cache counts as free, and a container's limit as all there is. */
record LinuxMemory(Path root) {

    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d{1,15}) kB$");
    private static final Pattern CACHE = Pattern.compile("(?m)^(?:total_)?inactive_file (\\d{1,18})$");

    /** Limits beyond that are how version 1 says that there is none. */
    private static final long NO_LIMIT = 1L << 60;

    Optional<Measured> available() {
        Optional<Long> machine =
                read("proc/meminfo").flatMap(text -> find(AVAILABLE, text)).map(kibi -> kibi * 1024);
        Optional<Long> container = version2().or(this::version1);
        if (machine.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                container.filter(left -> left < machine.get()).isPresent()
                        ? new Measured(container.get(), false, "the container's limit")
                        : new Measured(machine.get(), false, "MemAvailable"));
    }

    private Optional<Long> version2() {
        return left("sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory.current", "sys/fs/cgroup/memory.stat");
    }

    private Optional<Long> version1() {
        String folder = "sys/fs/cgroup/memory/";
        return left(folder + "memory.limit_in_bytes", folder + "memory.usage_in_bytes", folder + "memory.stat");
    }

    /** What is left of a limit; empty if there is none. */
    private Optional<Long> left(String limit, String usage, String stat) {
        Optional<Long> most = read(limit).flatMap(ThisMachine::number).filter(bytes -> bytes < NO_LIMIT);
        Optional<Long> used = read(usage).flatMap(ThisMachine::number);
        if (most.isEmpty() || used.isEmpty()) {
            return Optional.empty();
        }
        long cache = read(stat).flatMap(text -> find(CACHE, text)).orElse(0L);
        return Optional.of(Math.max(0, most.get() - Math.max(0, used.get() - cache)));
    }

    private Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(root.resolve(file)));
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    private static Optional<Long> find(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> Long.parseLong(found.group(1)))
                .findFirst();
    }
}
