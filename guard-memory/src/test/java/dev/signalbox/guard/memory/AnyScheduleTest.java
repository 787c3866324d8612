package dev.signalbox.guard.memory;

import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Requests, other users, failing loads, lying sizes and crashing servers in any order, against a machine whose memory
 * really fills and frees. Each schedule is made from a number, so that any can be played again.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnyScheduleTest {

    @Test
    void five_thousand_schedules() {
        play(5_000);
    }

    @Test
    @Tag("long")
    void a_hundred_thousand_schedules() {
        play(100_000);
    }

    private static void play(int many) {
        LongStream.range(0, many).parallel().forEach(seed -> new World(seed).play());
    }
}
