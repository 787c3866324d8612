package dev.signalbox.core.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A guest that enters a room on a thread of its own. */
record Visit(Thread thread, CompletableFuture<Entry> entered) {

    /** Only a test that fails waits that long. */
    static final Duration LONG = Duration.ofSeconds(30);

    static Visit of(WaitingRoom room, Visitor visitor) {
        CompletableFuture<Entry> entered = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                entered.complete(room.enter(visitor));
            } catch (Throwable failure) {
                entered.completeExceptionally(failure);
            }
        });
        return new Visit(thread, entered);
    }

    Entry entry() throws InterruptedException, ExecutionException, TimeoutException {
        return entered.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    Throwable failure() {
        Throwable wrapped = catchThrowable(this::entry);
        assertThat(wrapped).isInstanceOf(ExecutionException.class);
        return wrapped.getCause();
    }

    RoomException refusal() {
        return (RoomException) failure();
    }
}
