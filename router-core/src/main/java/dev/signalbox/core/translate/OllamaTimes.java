package dev.signalbox.core.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** How long the parts of an answer took, as this router sees them: its backend does not tell. One thread uses it. */
final class OllamaTimes {

    private final Supplier<Duration> took;
    private Optional<Duration> untilBegun = Optional.empty();

    OllamaTimes(Supplier<Duration> took) {
        this.took = took;
    }

    /** The model begins to answer, if it has not yet: until now it read. */
    void begin() {
        if (untilBegun.isEmpty()) {
            untilBegun = Optional.of(took.get());
        }
    }

    /** Says the times, in nanoseconds, and the tokens as far as they are known. What comes in one is one time. */
    void write(Tokens tokens, ObjectNode line) {
        long all = took.get().toNanos();
        long read = untilBegun.map(Duration::toNanos).orElse(0L);
        line.put("total_duration", all).put("load_duration", 0);
        tokens.input().ifPresent(count -> line.put("prompt_eval_count", count));
        line.put("prompt_eval_duration", read);
        tokens.output().ifPresent(count -> line.put("eval_count", count));
        line.put("eval_duration", Math.max(0, all - read));
    }
}
