package dev.signalbox.backend.http.transport;

import dev.signalbox.backend.http.transport.TransportException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Looks names up. The system's resolver cannot be interrupted, so it works on a thread that nobody has to wait for. */
final class Resolver {

    private static final int MOST = 8;

    private Resolver() {}

    /** The first few addresses of a host, in the order of the system. */
    static List<InetAddress> resolve(Origin origin, Exchange exchange) throws IOException {
        if (isAddress(origin.host())) {
            return List.of(InetAddress.getByName(origin.name()));
        }
        CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
        exchange.cutBy(() -> found.cancel(false));
        Thread.ofVirtual().name("transport-resolver").start(() -> lookUp(origin.name(), found));
        return List.of(await(found)).stream().limit(MOST).toList();
    }

    private static void lookUp(String name, CompletableFuture<InetAddress[]> found) {
        try {
            found.complete(InetAddress.getAllByName(name));
        } catch (UnknownHostException | RuntimeException failure) {
            found.completeExceptionally(failure);
        }
    }

    private static InetAddress[] await(CompletableFuture<InetAddress[]> found) throws IOException {
        try {
            return found.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (CancellationException ended) {
            throw new IOException("ended", ended);
        } catch (ExecutionException failure) {
            throw new Fault(Reason.UNKNOWN_HOST, "the name of the host is not known", failure.getCause());
        }
    }

    private static boolean isAddress(String host) {
        return host.startsWith("[") || host.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
    }
}
