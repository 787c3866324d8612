package dev.signalbox.bench;

import java.time.Duration;

/** Reads the files of {@code /proc/PID} the bench needs; the texts come from the caller. */
final class ProcFiles {
    /** What the kernel tells user space is always in hundredths of a second, whatever its own timer does. */
    private static final int TICK_MILLIS = 10;

    private static final int USER_TIME = 11; // counted from the state, the first field after the name
    private static final int SYSTEM_TIME = 12;

    private ProcFiles() {}

    /**
     * Tells the processor time, user and system, of all threads of a process.
     *
     * @param stat the text of {@code /proc/PID/stat}; the name in it may hold spaces and parentheses
     * @throws IllegalArgumentException if the text does not look like that file
     */
    static Duration processorTime(String stat) {
        int name = stat.lastIndexOf(')');
        String[] fields = stat.substring(name + 1).strip().split(" ", -1);
        if (name < 0 || fields.length <= SYSTEM_TIME) {
            throw new IllegalArgumentException("not the text of /proc/PID/stat: \"" + stat.strip() + "\"");
        }
        long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
        return Duration.ofMillis(ticks * TICK_MILLIS);
    }

    /** Tells whether a thread is one of those that compile in HotSpot, by its name in {@code /proc/PID/task/TID/stat}. */
    static boolean isCompiler(String stat) {
        String name = stat.substring(stat.indexOf('(') + 1);
        return name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler");
    }

    /**
     * Tells one of the sizes of {@code /proc/PID/status} or {@code /proc/meminfo} in bytes, 0 if there is no such line
     * (a process that has ended, but was not yet waited for, has none).
     */
    static long bytes(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }
}
