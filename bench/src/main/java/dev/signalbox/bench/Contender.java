package dev.signalbox.bench;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Something that stands between the load generator and the mock upstream, or nothing at all.
 *
 * @param name as it is written in the table
 * @param address where it listens
 * @param path where chat requests go
 * @param processes what it runs in, if that is known
 * @param end ends what was started for it; does nothing if nothing was
 */
record Contender(String name, InetSocketAddress address, String path, Optional<ProcessTree> processes, Runnable end)
        implements AutoCloseable {
    static final String CHAT_PATH = "/v1/chat/completions";

    /** The mock upstream itself: what the load generator and the upstream take between them. */
    static Contender direct(Upstream upstream) {
        return new Contender("direct", upstream.address(), CHAT_PATH, Optional.empty(), () -> {});
    }

    /** Waits until a process that was started answers, and ends it if it does not. */
    static Contender of(String name, InetSocketAddress address, Child child) throws InterruptedException {
        try {
            Ready.await(name, address, CHAT_PATH, child::alive, child::lastWords);
        } catch (BenchException | InterruptedException e) {
            child.close();
            throw e;
        }
        return new Contender(name, address, CHAT_PATH, Optional.of(child.tree()), child::close);
    }

    /** The same processes, asked at another path under another name; whoever closes the one closes both. */
    Contender at(String otherName, String otherPath) {
        return new Contender(otherName, address, otherPath, processes, () -> {});
    }

    @Override
    public void close() {
        end.run();
    }
}
