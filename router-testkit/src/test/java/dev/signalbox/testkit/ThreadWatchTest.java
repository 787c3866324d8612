package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ThreadWatchTest {

    @Test
    void names_threads_that_are_left_virtual_ones_too() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        ThreadWatch watch = ThreadWatch.begin();
        Thread virtual = Thread.ofVirtual().name("left-virtual").start(() -> await(end));
        Thread platform = Thread.ofPlatform().name("left-platform").start(() -> await(end));

        assertThatThrownBy(() -> watch.assertNoneLeft(Duration.ZERO))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("left-virtual")
                .hasMessageContaining("left-platform");

        end.countDown();
        virtual.join();
        platform.join();
        assertThatCode(watch::assertNoneLeft).doesNotThrowAnyException();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
