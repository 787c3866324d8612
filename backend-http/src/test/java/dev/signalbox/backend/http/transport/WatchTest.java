package dev.signalbox.backend.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is due is done in time, whatever becomes of the rest. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WatchTest {

    /** Something that does that when it is looked at, and when it is ended; it wants to be looked at again soon. */
    private record Looked(Runnable action) implements Watch.Watched {

        @Override
        public long look(long now) {
            action.run();
            return TimeUnit.MILLISECONDS.toNanos(1);
        }

        @Override
        public void shut() {
            action.run();
        }
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("it cannot be closed"),
                new AssertionError("it should not be"),
                new NoClassDefFoundError("a/Class"),
                new StackOverflowError());
    }

    private static Looked failing(Throwable failure) {
        return new Looked(() -> WatchTest.<RuntimeException>fail(failure));
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void fail(Throwable failure) throws X {
        throw (X) failure;
    }

    @ParameterizedTest
    @MethodSource("failures")
    void one_that_fails_keeps_no_other_from_being_looked_at_again_and_again(Throwable failure) throws Exception {
        CountDownLatch looks = new CountDownLatch(3);
        Watch watch = new Watch();
        try {
            watch.add(failing(failure), System.nanoTime());
            watch.add(new Looked(looks::countDown), System.nanoTime());
            assertThat(looks.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            watch.close();
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void one_that_fails_keeps_no_other_from_being_ended_with_the_rest(Throwable failure) {
        AtomicInteger ended = new AtomicInteger();
        Watch watch = new Watch();
        for (int i = 0; i < 20; i++) { // in whatever order they are ended, some come after one that fails
            watch.add(failing(failure), System.nanoTime() + Watch.FAR);
            watch.add(new Looked(ended::incrementAndGet), System.nanoTime() + Watch.FAR);
        }
        watch.close();
        assertThat(ended).hasValue(20);
    }
}
