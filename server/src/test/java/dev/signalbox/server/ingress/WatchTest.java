package dev.signalbox.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Line line = new Line();
    private final CompletableFuture<String> left = new CompletableFuture<>();
    private final Watch watch = new Watch(Connection.of(line), () -> left.complete("left"));

    @Test
    void sees_a_client_that_leaves() {
        watch.begin();
        line.sends.complete(null);
        assertThat(left).succeedsWithin(PATIENCE);
    }

    @Test
    void ends_with_what_comes_next() throws Exception {
        watch.begin();
        assertThat(watch.needless()).isFalse();
        line.sends.complete(new byte[] {'P'});
        assertThat(watch.end(PATIENCE)).isTrue();
        assertThat(left).isNotDone();
    }

    @Test
    void tells_that_nothing_came() throws Exception {
        watch.begin();
        assertThat(watch.end(Duration.ofMillis(1))).isFalse();
        line.sends.complete(null);
    }

    @Test
    void reads_nothing_once_it_is_needless() throws Exception {
        assertThat(watch.needless()).isTrue();
        watch.begin();
        assertThat(watch.end(Duration.ofMillis(1))).isFalse(); // it has no end, since it never began
        assertThat(line.read).isNotDone();
    }

    /** A connection from which can be read, and nothing else. */
    private static final class Line implements ConnectionContext {

        private final CompletableFuture<Boolean> read = new CompletableFuture<>();
        private final CompletableFuture<byte @Nullable []> sends = new CompletableFuture<>();
        private final DataReader reader = DataReader.create(this::next);

        @SuppressWarnings("NullAway") // Helidon's way to say that nothing more comes
        private byte[] next() {
            read.complete(true);
            return sends.join();
        }

        @Override
        public DataReader dataReader() {
            return reader;
        }

        @Override
        public ListenerContext listenerContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ExecutorService executor() {
            throw new UnsupportedOperationException();
        }

        @Override
        public DataWriter dataWriter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Router router() {
            throw new UnsupportedOperationException();
        }

        @Override
        public PeerInfo remotePeer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public PeerInfo localPeer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public String socketId() {
            return "line";
        }

        @Override
        public String childSocketId() {
            return "line";
        }
    }
}
