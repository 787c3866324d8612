package dev.signalbox.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Tasks by the system's own clocks. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SystemTimeTest {

    private final CountDownLatch runs = new CountDownLatch(3);

    private void failing(Error failure) throws InterruptedException {
        try (SystemTime time = new SystemTime()) {
            time.every(Duration.ofMillis(1), () -> {
                runs.countDown();
                throw failure;
            });
            assertThat(runs.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void what_is_done_again_and_again_goes_on_though_it_fails() throws Exception {
        failing(new AssertionError("a bug"));
    }

    @Test
    void also_if_there_was_no_memory_for_it() throws Exception {
        failing(new OutOfMemoryError("not really"));
    }
}
