package dev.signalbox.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testkit.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TickerTest {

    private final HandClock clock = new HandClock();
    private final Ticker ticker = new Ticker(clock::nanoTime);
    private final List<String> begun = new ArrayList<>();

    @Test
    void begins_nothing_before_it_is_due() {
        ticker.soon(() -> begun.add("first"));
        clock.advance(Duration.ofMillis(24));
        ticker.begin();
        assertThat(begun).isEmpty();
    }

    @Test
    void begins_what_is_due_once_and_in_order() {
        ticker.soon(() -> begun.add("first"));
        ticker.soon(() -> begun.add("second"));
        clock.advance(Duration.ofMillis(12));
        ticker.soon(() -> begun.add("third"));
        clock.advance(Duration.ofMillis(13));
        ticker.begin();
        ticker.begin();
        assertThat(begun).containsExactly("first", "second");
    }

    @Test
    void goes_on_when_something_fails() {
        ticker.soon(() -> {
            throw new IllegalStateException("a bug of its own");
        });
        ticker.soon(() -> {
            throw new NoClassDefFoundError("a jar that was exchanged under it");
        });
        ticker.soon(() -> begun.add("next"));
        clock.advance(Duration.ofMillis(25));
        ticker.begin();
        assertThat(begun).containsExactly("next");
    }
}
