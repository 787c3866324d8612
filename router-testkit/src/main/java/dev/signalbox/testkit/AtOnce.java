package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Does the same thing on many threads. */
final class AtOnce {

    private static final int THREADS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private AtOnce() {}

    /** The results; what one of them throws fails the test. */
    static <T> List<T> run(Callable<T> work) {
        return run(THREADS, work);
    }

    /** The results of so many. */
    static <T> List<T> run(int threads, Callable<T> work) {
        List<Later<T>> all =
                IntStream.range(0, threads).mapToObj(i -> Later.run(work)).toList();
        all.forEach(one -> assertThat(one.result()).succeedsWithin(PATIENCE));
        return all.stream().map(one -> one.result().join()).toList();
    }
}
