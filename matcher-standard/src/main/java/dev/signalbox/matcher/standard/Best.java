package dev.signalbox.matcher.standard;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/** Finds the one that has most. */
final class Best {

    private Best() {}

    /** The name with the highest count, if that is above 0 and no other has as many. */
    static Optional<String> of(Map<String, Long> counts) {
        long most = counts.isEmpty() ? 0 : Collections.max(counts.values());
        if (most == 0 || Collections.frequency(counts.values(), most) > 1) {
            return Optional.empty();
        }
        return counts.entrySet().stream()
                .filter(each -> each.getValue() == most)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
