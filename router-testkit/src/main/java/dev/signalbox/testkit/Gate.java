package dev.signalbox.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** Where a scripted server waits until the test lets it go on. Any thread may use it; once open it stays open. */
public final class Gate {

    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    /** Makes a closed gate. */
    public static Gate closed() {
        return new Gate();
    }

    /** Makes an open gate. */
    public static Gate opened() {
        Gate gate = new Gate();
        gate.open();
        return gate;
    }

    /** Whether it lets everybody through. */
    public boolean isOpen() {
        return opened.isDone();
    }

    /** Lets everybody through, now and later. */
    public void open() {
        opened.complete(null);
    }

    /** Completes when somebody has come to the gate, open or not. */
    public Future<Void> reached() {
        return reached;
    }

    /** Waits until the gate is open or the other thing has happened; true if the gate is open. */
    boolean pass(CompletableFuture<Void> orElse) {
        reached.complete(null);
        CompletableFuture.anyOf(opened, orElse).join();
        return opened.isDone();
    }
}
