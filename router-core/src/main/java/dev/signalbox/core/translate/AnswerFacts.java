package dev.signalbox.core.translate;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is known of an answer beside its bytes.
 *
 * @param id the trace's id
 * @param model the model that answers, as its backend calls it
 * @param memoryBytes how much memory that takes; empty if nobody says
 * @param took how long the request has taken until now
 * @param now the time
 * @param note takes what is to be said of the answer in the trace; any thread may call it
 */
public record AnswerFacts(
        String id,
        String model,
        OptionalLong memoryBytes,
        Supplier<Duration> took,
        Supplier<Instant> now,
        Consumer<String> note) {}
