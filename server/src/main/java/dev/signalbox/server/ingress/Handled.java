package dev.signalbox.server.ingress;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;

/**
 * A connection that Helidon handles, of which the heads know from its first moment to its last; Helidon itself tells of
 * nothing before the first line of a request is there.
 */
final class Handled implements ServerConnection, InterruptableTask<Void> {

    private final ServerConnection http1;
    private final Connection connection;
    private final Heads heads;

    private Handled(ServerConnection http1, Connection connection, Heads heads) {
        this.http1 = http1;
        this.connection = connection;
        this.heads = heads;
    }

    /** HTTP/1.1 for a listener. */
    static ServerConnectionSelector selector(Http1Config config, Heads heads) {
        return new Selector(Http1ConnectionSelector.builder().config(config).build(), heads);
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        heads.came(connection);
        try {
            http1.handle(limit);
        } finally {
            heads.left(connection);
        }
    }

    @Override
    public Duration idleTime() {
        return http1.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        http1.close(interrupt);
    }

    /** Whether it waits for nothing but its next request, so that a listener that ends need not wait for it. */
    @Override
    public boolean canInterrupt() {
        return http1 instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public void run() {
        throw new IllegalStateException("a connection is handled, not run");
    }

    private record Selector(ServerConnectionSelector http1, Heads heads) implements ServerConnectionSelector {

        @Override
        public int bytesToIdentifyConnection() {
            return http1.bytesToIdentifyConnection();
        }

        @Override
        public Support supports(BufferData data) {
            return http1.supports(data);
        }

        @Override
        public Set<String> supportedApplicationProtocols() {
            return http1.supportedApplicationProtocols();
        }

        @Override
        public ServerConnection connection(ConnectionContext context) {
            return new Handled(http1.connection(context), Connection.of(context), heads);
        }
    }
}
