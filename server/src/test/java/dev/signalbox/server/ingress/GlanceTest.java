package dev.signalbox.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testkit.HandClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GlanceTest {

    private final HandClock clock = new HandClock();
    private final AtomicInteger looked = new AtomicInteger();
    private final Glance<Integer> glance = new Glance<>(clock::nanoTime, looked::incrementAndGet);

    @Test
    void whoever_asks_within_a_second_is_told_what_was_seen() throws Exception {
        assertThat(glance.get()).isEqualTo(1);
        clock.advance(Duration.ofMillis(999));
        assertThat(glance.get()).isEqualTo(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(glance.get()).isEqualTo(2);
    }
}
