package dev.signalbox.guard.memory.machine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what {@code rocm-smi --showmeminfo vram} writes.
 *
 * @param total bytes by card
 * @param used bytes by card
 */
record AmdCards(Map<String, Long> total, Map<String, Long> used) {

    private static final Pattern LINE =
            Pattern.compile("(?m)^GPU\\[(\\d{1,3})]\\s*:\\s*VRAM Total (Used )?Memory \\(B\\):\\s*(\\d{1,15})\\s*$");

    /** Processors that share the machine's memory keep a little of it apart and call that a card. */
    private static final long SMALLEST = 4L << 30;

    static AmdCards read(String text) {
        Map<String, Long> total = new HashMap<>();
        Map<String, Long> used = new HashMap<>();
        LINE.matcher(text)
                .results()
                .forEach(line ->
                        (line.group(2) == null ? total : used).put(line.group(1), Long.parseLong(line.group(3))));
        return new AmdCards(total, used);
    }

    /** What is free on all of them together; empty if there is none. */
    Optional<Long> free() {
        return total.entrySet().stream()
                .filter(card -> card.getValue() >= SMALLEST && used.containsKey(card.getKey()))
                .map(card -> Math.max(0, card.getValue() - used.getOrDefault(card.getKey(), 0L)))
                .reduce(Long::sum);
    }
}
