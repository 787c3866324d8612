package dev.signalbox.backend.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What is due is done in time, whatever becomes of the rest. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WatchTest {

    /** Something that does that when it is looked at, and wants to be looked at again soon. */
    private record Looked(Runnable action) implements Watch.Watched {

        @Override
        public long look(long now) {
            action.run();
            return TimeUnit.MILLISECONDS.toNanos(1);
        }

        @Override
        public void shut() {}
    }

    @Test
    void one_that_fails_keeps_no_other_from_being_looked_at_again_and_again() throws Exception {
        CountDownLatch looks = new CountDownLatch(3);
        Watch watch = new Watch();
        try {
            watch.add(
                    new Looked(() -> {
                        throw new IllegalStateException("it cannot be closed");
                    }),
                    System.nanoTime());
            watch.add(new Looked(looks::countDown), System.nanoTime());
            assertThat(looks.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            watch.close();
        }
    }
}
