package dev.signalbox.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What options in profiles mean. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PerProfileTest {

    private static final Option<Long> WINDOW =
            Option.integer("window", 1, 1_000).doc("How many.").orElse(5L);

    private final AtomicInteger readings = new AtomicInteger();
    private final PerProfile<Long> windows = new PerProfile<>(settings -> {
        readings.incrementAndGet();
        return settings.get(WINDOW);
    });

    private static PluginConfig saying(long window) {
        return PluginConfig.of(List.of(WINDOW), Where.code("test")).with(WINDOW, window);
    }

    @Test
    void those_of_each_profile_are_read_once() {
        PluginConfig one = saying(1);
        PluginConfig other = saying(2);
        for (int i = 0; i < 10; i++) {
            assertThat(windows.of(one)).isEqualTo(1);
            assertThat(windows.of(other)).isEqualTo(2);
        }

        assertThat(readings).hasValue(2);
    }

    @Test
    void however_many_there_are_each_means_what_it_says() {
        for (long i = 1; i <= 500; i++) {
            assertThat(windows.of(saying(i))).isEqualTo(i);
        }
    }
}
