package dev.signalbox.guard.health;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Many threads that do the same at once. */
final class Crowd {

    private Crowd() {}

    /** What each of them got; what one throws fails the test. */
    static <T> List<T> of(int many, Callable<T> work) throws Exception {
        CountDownLatch ready = new CountDownLatch(many);
        List<Future<T>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < many; i++) {
                all.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : all) {
                results.add(each.get(60, TimeUnit.SECONDS));
            }
            return results;
        }
    }
}
