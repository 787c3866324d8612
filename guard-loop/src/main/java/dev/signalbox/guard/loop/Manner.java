package dev.signalbox.guard.loop;

import dev.signalbox.spi.PluginConfig;
import java.util.Optional;

/**
 * What a profile wants of tool calls: what it says itself, else what holds for all.
 *
 * @param action what is done about a loop
 * @param window how many of the last calls are looked at
 * @param threshold so many equal calls in a row are a loop
 * @param instruction what the model is told
 * @param maxCalls how many calls a conversation may hold; empty if any number
 */
record Manner(Action action, int window, int threshold, String instruction, Optional<Long> maxCalls) {

    static Manner of(PluginConfig general, PluginConfig profile) {
        return new Manner(
                profile.get(LoopGuardFactory.PROFILE_ACTION).orElseGet(() -> general.get(LoopGuardFactory.ACTION)),
                Math.toIntExact(profile.get(LoopGuardFactory.PROFILE_WINDOW)
                        .orElseGet(() -> general.get(LoopGuardFactory.WINDOW))),
                Math.toIntExact(profile.get(LoopGuardFactory.PROFILE_THRESHOLD)
                        .orElseGet(() -> general.get(LoopGuardFactory.THRESHOLD))),
                profile.get(LoopGuardFactory.PROFILE_INSTRUCTION)
                        .orElseGet(() -> general.get(LoopGuardFactory.INSTRUCTION)),
                profile.get(LoopGuardFactory.MAX_CALLS).or(() -> general.get(LoopGuardFactory.MAX_CALLS)));
    }

    /** Whether there is anything to look for. */
    boolean looks() {
        return action != Action.OFF || maxCalls.isPresent();
    }

    /** Whether no loop can ever be seen: so many equal calls are never looked at. */
    boolean blind() {
        return window < threshold;
    }
}
