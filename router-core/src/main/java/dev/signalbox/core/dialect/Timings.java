package dev.signalbox.core.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;

/** Token counts that stand beside durations: what was evaluated, what came from the cache, what was predicted. */
final class Timings {

    private Timings() {}

    static void count(JsonNode timings, Tally tally) {
        long cached = timings.path("cache_n").asLong();
        tally.input(LongNode.valueOf(timings.path("prompt_n").asLong() + cached));
        tally.cacheRead(LongNode.valueOf(cached));
        tally.output(timings.path("predicted_n"));
    }
}
