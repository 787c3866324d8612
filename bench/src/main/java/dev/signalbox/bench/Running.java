package dev.signalbox.bench;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/** A router somebody else has started. */
final class Running {
    private Running() {}

    /** Waits until the router at that address answers through the mock upstream. */
    static Contender at(URI url, OptionalLong pid) throws InterruptedException {
        InetSocketAddress address = new InetSocketAddress(url.getHost(), url.getPort());
        String path = url.getPath().replaceAll("/+$", "") + "/chat/completions";
        Ready.await(
                "The router", address, path, () -> true, () -> "Does it send model \"bench\" to the mock upstream?");
        return new Contender("router", address, path, processes(pid), () -> {});
    }

    private static Optional<ProcessTree> processes(OptionalLong pid) {
        if (pid.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ProcessTree(ProcessHandle.of(pid.getAsLong())
                .orElseThrow(() -> new BenchException("--pid: there is no process " + pid.getAsLong()))));
    }
}
